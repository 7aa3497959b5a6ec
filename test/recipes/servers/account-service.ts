import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listen } from 'soap';

const namespace = 'urn:provisor:test:accounts';

/** An account as the service has it. */
export interface Account {
  id: string;
  externalId: string;
  name: string;
  active: boolean;
}

/** What a call is answered with in place of its result. */
export interface Trouble {
  faultcode: string;
  faultstring: string;
  /** SOAP 1.1 has 500 for faults; many services say 200. */
  statusCode: number;
}

/** A system that speaks SOAP 1.1, as others have built it: a WSDL, document/literal, faults, Basic authentication. */
export class AccountService {
  readonly namespace = namespace;
  readonly user = 'billing';
  password = 'p&ss<word>"';
  readonly path = '/ws/accounts';
  readonly accounts = new Map<string, Account>();
  /** The names of calls, in order. */
  readonly calls: string[] = [];
  /** How a fault is sent. */
  faultStatus = 500;
  trouble: Trouble | undefined;
  /** Answered to every call with 200, as by a proxy before the service. */
  page: string | Buffer | undefined;
  pageType = 'text/html';
  /** The port stays the same through kills. */
  #port = 0;
  #server: Server | undefined;
  #nextId = 1_000;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((_request, response) => void response.writeHead(404).end());
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    const operations = {
      CreateAccount: this.#answering('CreateAccount', (request) => this.#create(request)),
      ActivateAccount: this.#answering('ActivateAccount', (request) => this.#activate(request)),
      DeleteAccount: this.#answering('DeleteAccount', (request) => this.#delete(request)),
    };
    const soap = listen(server, {
      path: this.path,
      services: { Accounts: { Port: operations } },
      xml: wsdl(this.url + this.path),
    });
    soap.authorizeConnection = (request, response) => {
      const isLogin = request.headers.authorization === this.#authorization;
      if (isLogin && this.page === undefined) return true;
      response!.writeHead(isLogin ? 200 : 401, { 'content-type': this.pageType });
      if (isLogin) response!.write(this.page);
      return false; // The package ends the answer.
    };
  }

  get #authorization(): string {
    return `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`;
  }

  /** Cuts off what runs, as a crash does. */
  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  #answering(name: string, work: (request: Record<string, string>) => object) {
    return (request: Record<string, string>): object => {
      this.calls.push(name);
      if (this.trouble) throw new SoapFault(this.trouble);
      return work(request);
    };
  }

  #create({ externalId = '', name = '' }: Record<string, string>): object {
    if (this.accounts.has(externalId)) throw this.#refusal(`account ${externalId} already exists`);
    const account = { id: `A${this.#nextId++}`, externalId, name, active: false };
    this.accounts.set(externalId, account);
    return { accountId: account.id };
  }

  #activate({ accountId, externalId = '' }: Record<string, string>): object {
    const account = [...this.accounts.values()].find((one) => one.id === accountId) ?? this.accounts.get(externalId);
    if (!account) throw this.#refusal(`no such account: ${accountId}`);
    account.active = true;
    return { done: true };
  }

  #delete({ externalId = '' }: Record<string, string>): object {
    if (!this.accounts.delete(externalId)) throw this.#refusal(`no such account: ${externalId}`);
    return { done: true };
  }

  #refusal(faultstring: string): SoapFault {
    return new SoapFault({ faultcode: 'soap:Client', faultstring, statusCode: this.faultStatus });
  }
}

/** As the package wants faults thrown. */
class SoapFault extends Error {
  readonly Fault: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.faultstring);
    this.Fault = trouble;
  }
}

function wsdl(address: string): string {
  const element = (name: string, fields: string[]): string =>
    `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${fields
      .map((field) => `<xsd:element name="${field}" type="xsd:string" minOccurs="0"/>`)
      .join('')}</xsd:sequence></xsd:complexType></xsd:element>`;
  const operations: [string, string[], string[]][] = [
    ['CreateAccount', ['externalId', 'name'], ['accountId']],
    ['ActivateAccount', ['accountId', 'externalId'], ['done']],
    ['DeleteAccount', ['externalId'], ['done']],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="Accounts" targetNamespace="${namespace}" xmlns:tns="${namespace}"
  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <wsdl:types><xsd:schema targetNamespace="${namespace}" elementFormDefault="qualified">
    ${operations.map(([name, input, output]) => element(`${name}Request`, input) + element(`${name}Response`, output)).join('\n')}
  </xsd:schema></wsdl:types>
  ${operations
    .map(
      ([name]) => `<wsdl:message name="${name}In"><wsdl:part name="body" element="tns:${name}Request"/></wsdl:message>
  <wsdl:message name="${name}Out"><wsdl:part name="body" element="tns:${name}Response"/></wsdl:message>`,
    )
    .join('\n')}
  <wsdl:portType name="PortType">${operations
    .map(
      ([name]) =>
        `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}In"/><wsdl:output message="tns:${name}Out"/></wsdl:operation>`,
    )
    .join('')}</wsdl:portType>
  <wsdl:binding name="Binding" type="tns:PortType">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    ${operations
      .map(
        ([name]) => `<wsdl:operation name="${name}"><soap:operation soapAction="${namespace}/${name}"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`,
      )
      .join('\n')}
  </wsdl:binding>
  <wsdl:service name="Accounts"><wsdl:port name="Port" binding="tns:Binding"><soap:address location="${address}"/></wsdl:port></wsdl:service>
</wsdl:definitions>`;
}
