import {
  secretMark,
  usualReleasePerSecond,
  type ClientAuthStyle,
  type HoldWindow,
  type TargetAuthType,
} from '#contracts';
import type { CreateTargetInput, TargetView } from '#contracts/rest-api';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { headerRowsOf, headersIn, type HeaderRow } from '../../handlers/form/header-rows.ts';
import {
  blankTls,
  headerFaults,
  headerPlace,
  tlsIn,
  type Placed,
  type TlsValues,
} from '../../handlers/form/task-forms.ts';

/** A number, or an empty text where nothing is filled in. */
type NumberText = number | string;

/** What the form holds of the credentials; those of both types are kept while one is looked at. */
interface AuthValues {
  type: TargetAuthType | 'none';
  username: string;
  password: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  audience: string;
  resource: string;
  style: ClientAuthStyle;
}

/** What the dialog is filled in with. */
export interface TargetFormValues {
  name: string;
  baseUrl: string;
  description: string;
  headers: HeaderRow[];
  tls: TlsValues;
  auth: AuthValues;
  rate: { perSecond: NumberText; burst: NumberText };
  maxConcurrency: NumberText;
  windows: HoldWindow[];
  releasePerSecond: NumberText;
}

const blankAuth: AuthValues = {
  type: 'none',
  username: '',
  password: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  audience: '',
  resource: '',
  style: 'basic',
};

/** An empty form. */
export function blankTarget(): TargetFormValues {
  return {
    name: '',
    baseUrl: '',
    description: '',
    headers: [],
    tls: { ...blankTls },
    auth: { ...blankAuth },
    rate: { perSecond: '', burst: '' },
    maxConcurrency: '',
    windows: [],
    releasePerSecond: usualReleasePerSecond,
  };
}

/** A target as it is, to be changed. */
export function targetValues(target: TargetView): TargetFormValues {
  const { name, baseUrl, description, windows, releasePerSecond, rate, maxConcurrency } = target;
  return {
    name,
    baseUrl,
    description,
    headers: headerRowsOf(target),
    tls: { ...blankTls, ...target.tls },
    auth: { ...blankAuth, ...target.auth },
    rate: { perSecond: rate?.perSecond ?? '', burst: rate?.burst ?? '' },
    maxConcurrency: maxConcurrency ?? '',
    windows,
    releasePerSecond,
  };
}

/** What the API is asked to make of the form: each field, so that an emptied one is taken away. */
export function targetInput(values: TargetFormValues): CreateTargetInput {
  const { name, baseUrl, description, headers, tls, auth, rate, maxConcurrency, windows, releasePerSecond } = values;
  const { headers: named, secretHeaders = [] } = headersIn(headers);
  return {
    name,
    baseUrl: baseUrl.trim(),
    description,
    headers: named,
    secretHeaders,
    tls: tlsIn(tls) ?? null,
    auth: authInput(auth),
    rate:
      rate.perSecond === ''
        ? null
        : { perSecond: Number(rate.perSecond), ...(rate.burst !== '' && { burst: Number(rate.burst) }) },
    maxConcurrency: maxConcurrency === '' ? null : Number(maxConcurrency),
    windows,
    ...(releasePerSecond !== '' && { releasePerSecond: Number(releasePerSecond) }),
  };
}

function authInput(auth: AuthValues): NonNullable<CreateTargetInput['auth']> | null {
  const { type, username, password, tokenUrl, clientId, clientSecret, scope, audience, resource, style } = auth;
  if (type === 'none') return null;
  if (type === 'basic') return { type, username, password };
  return {
    type,
    tokenUrl: tokenUrl.trim(),
    clientId,
    clientSecret,
    ...(scope.trim() !== '' && { scope: scope.trim() }),
    ...(audience.trim() !== '' && { audience: audience.trim() }),
    ...(resource.trim() !== '' && { resource: resource.trim() }),
    style,
  };
}

/** What can be said to be wrong without asking the API, by path. */
export function targetFaults({
  name,
  baseUrl,
  headers,
  auth,
  rate,
  releasePerSecond,
}: TargetFormValues): Record<string, string> {
  const faults: Placed[] = [
    ...(name.trim() === '' ? [['name', 'Enter a name'] as const] : []),
    ...(baseUrl.trim() === '' ? [['baseUrl', 'Enter a base URL'] as const] : []),
    ...(rate.perSecond === '' && rate.burst !== '' ? [['rate.perSecond', 'Enter a number'] as const] : []),
    ...(releasePerSecond === '' ? [['releasePerSecond', 'Enter a number'] as const] : []),
    ...headerFaults(headers),
    ...missingIn(auth),
  ];
  return Object.fromEntries(faults);
}

const required = {
  none: [],
  basic: ['username', 'password'],
  oauth2_client_credentials: ['tokenUrl', 'clientId', 'clientSecret'],
} as const satisfies Record<AuthValues['type'], readonly (keyof AuthValues)[]>;

function missingIn(auth: AuthValues): Placed[] {
  return required[auth.type].filter((field) => auth[field] === '').map((field) => [`auth.${field}`, 'Enter a value']);
}

/**
 * The registry's answer as errors of the form's fields.
 *
 * @returns undefined when something of it is of no field, and the answer has to be shown as a whole.
 */
export function targetErrors(problem: unknown, values: TargetFormValues): Record<string, string> | undefined {
  const fields = fieldErrorsOf(problem);
  if (!fields) return undefined;
  const placed = Object.entries(fields).map(([path, message]) => placeOf(path, message, values));
  return placed.every((each) => each !== undefined) ? Object.fromEntries(placed) : undefined;
}

const inSight = /^(name|baseUrl|description|maxConcurrency|releasePerSecond|rate\..+|auth\..+|tls\..+|windows(\..+)?)$/;

function placeOf(path: string, message: string, { headers }: TargetFormValues): Placed | undefined {
  if (path === 'tls') return ['tls.ca', message];
  if (inSight.test(path)) return [path, message];
  return headerPlace(path, message, headers);
}

/** Whether a secret of the credentials is stored, and not shown. */
export function isStored(secret: string): boolean {
  return secret === secretMark;
}
