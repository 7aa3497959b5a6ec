import { secretMark, type HttpTls } from '#contracts';
import { IfGiven } from '../../http/fields.ts';
import { OneOf } from '../../http/formats.ts';
import { IsCertificates, IsPrivateKey } from '../secrets/pem.ts';

export class HttpTlsInput {
  /** Certificates of the authorities to trust instead of the default ones */
  @IfGiven()
  @IsCertificates()
  ca?: string;

  /** Client certificate, followed by its intermediate certificates */
  @IfGiven()
  @IsCertificates()
  certificate?: string;

  /** Private key of the certificate; `***` keeps the stored one */
  @IfGiven()
  @IsPrivateKey()
  key?: string;
}

export class HttpTlsView implements HttpTls {
  ca?: string;

  certificate?: string;

  /** A private key is stored; it is not shown */
  @OneOf([secretMark])
  key?: string;
}
