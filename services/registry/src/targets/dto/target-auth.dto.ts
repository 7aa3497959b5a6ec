import { getSchemaPath, type ApiPropertyOptions } from '@nestjs/swagger';
import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsString } from 'class-validator';
import {
  clientAuthStyles,
  isJsonObject,
  secretMark,
  targetAuthTypes,
  targetLimits,
  taskLimits,
  type BasicAuth,
  type ClientAuthStyle,
  type ClientCredentialsAuth,
} from '#contracts';
import { IfGiven } from '../../http/fields.ts';
import { OneOf } from '../../http/formats.ts';
import { customRule } from '../../http/custom-rule.ts';
import { IsOneLine, Length } from '../../http/text.ts';
import { urlFault, withScheme } from '../../handlers/task-url.ts';

const { credentialLength } = targetLimits;

export class BasicAuthInput {
  @IsIn(['basic'])
  type!: 'basic';

  @IsString()
  @Length(1, credentialLength)
  @IsUsername()
  username!: string;

  /** `***` keeps the stored one */
  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  password!: string;
}

export class ClientCredentialsAuthInput {
  @IsIn(['oauth2_client_credentials'])
  type!: 'oauth2_client_credentials';

  /**
   * Where access tokens are requested
   *
   * @example https://login.example/oauth2/token
   */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? withScheme(value.trim()) : value))
  @IsHttpUrl()
  tokenUrl!: string;

  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  clientId!: string;

  /** `***` keeps the stored one */
  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  clientSecret!: string;

  /** Scopes of the token, separated by spaces */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  scope?: string;

  /** Of the token, where the authorization server wants one */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  audience?: string;

  /** URI of what the token is for, where the authorization server wants that (RFC 8707) */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @Length(1, credentialLength)
  resource?: string;

  /** Where the token request has the client's id and secret: in the Authorization header, or in its body */
  @IfGiven({ default: 'basic' })
  @IsIn(clientAuthStyles)
  style?: ClientAuthStyle;
}

/** An authentication of an unknown type: nothing else of it is checked. */
class UnknownAuthInput {
  @IsIn(targetAuthTypes)
  type: unknown;
}

export type TargetAuthInput = BasicAuthInput | ClientCredentialsAuthInput;

export class BasicAuthView implements BasicAuth {
  type!: 'basic';

  username!: string;

  @OneOf([secretMark])
  password!: string;
}

export class ClientCredentialsAuthView implements ClientCredentialsAuth {
  type!: 'oauth2_client_credentials';

  tokenUrl!: string;

  clientId!: string;

  @OneOf([secretMark])
  clientSecret!: string;

  scope?: string;

  audience?: string;

  resource?: string;

  @OneOf(clientAuthStyles)
  style!: ClientAuthStyle;
}

const inputs = { basic: BasicAuthInput, oauth2_client_credentials: ClientCredentialsAuthInput } as const;
const views = { basic: BasicAuthView, oauth2_client_credentials: ClientCredentialsAuthView } as const;

export const targetAuthClasses = { input: Object.values(inputs), view: Object.values(views) } as const;

/** Makes of an authentication the class that its `type` asks for, so that it is checked as such. */
export function toAuthInput(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  const type = targetAuthTypes.find((each) => each === value['type']);
  if (type === undefined) return Object.assign(new UnknownAuthInput(), { type: value['type'] });
  return plainToInstance<object, object>(inputs[type], value);
}

/** What OpenAPI says of an authentication: one of the classes, by its `type`. */
export function anyAuth(kind: 'input' | 'view'): ApiPropertyOptions {
  const classes = kind === 'input' ? inputs : views;
  const paths = targetAuthTypes.map((type) => [type, getSchemaPath(classes[type])] as const);
  return {
    oneOf: paths.map(([, $ref]) => ({ $ref })),
    discriminator: { propertyName: 'type', mapping: Object.fromEntries(paths) },
    nullable: true,
  };
}

/** RFC 7617: a colon would end the user's name. */
function IsUsername(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (typeof value !== 'string' || !value.isWellFormed()) return 'must be a string';
    return /[:\p{Cc}]/u.test(value) ? 'must not contain colons or control characters' : undefined;
  };
  return customRule({ name: 'username', fault });
}

function IsHttpUrl(): PropertyDecorator {
  return customRule({
    name: 'httpUrl',
    fault: urlFault,
    schema: { minLength: 1, maxLength: taskLimits.urlLength },
  });
}
