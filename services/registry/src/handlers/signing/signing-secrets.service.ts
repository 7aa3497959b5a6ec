import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isSigningSlot, secretContext, secretSlots, taskTraits, type SigningSecret } from '#contracts';
import { HandlerEntity } from '#orm';
import { SecretBox } from '#secrets';
import { Audit, type Actor } from '../../audit/audit.service.ts';
import { Catalog } from '../../catalog/catalog.service.ts';
import { findHandler } from '../find-handler.ts';
import { CallsNotSigned, NothingToSealWith, SigningSecretNotFound, TooManySigningSecrets } from './signing-errors.ts';
import { inForce, maxSigningSecrets, newSecretText, rotated } from './signing-secret.ts';

/** The secrets that the calls of a handler are signed with. */
@Injectable()
export class SigningSecrets {
  readonly #catalog: Catalog;
  readonly #audit: Audit;
  readonly #box: SecretBox;

  constructor(catalog: Catalog, audit: Audit, box: SecretBox) {
    this.#catalog = catalog;
    this.#audit = audit;
    this.#box = box;
  }

  /**
   * Makes a secret, which signs from now on; the ones before it sign on for a while.
   *
   * @param overlapMs How long they do; 0 ends them at once.
   * @returns The secret, and its text, which is not to be had again.
   * @throws {HandlerNotFound}
   * @throws {CallsNotSigned}
   * @throws {TooManySigningSecrets}
   * @throws {NothingToSealWith}
   */
  async make(handlerId: string, overlapMs: number, by: Actor): Promise<{ made: SigningSecret; text: string }> {
    const { result } = await this.#catalog.change(async (manager, _current, now) => {
      const handler = await findHandler(manager, handlerId);
      if (!taskTraits[handler.task.type].isSignable) throw new CallsNotSigned();
      const made: SigningSecret = { id: uuidv7(), createdAt: now.toISOString(), expiresAt: null };
      const secrets = rotated(handler.signingSecrets, made, overlapMs, now);
      if (secrets.length > maxSigningSecrets) throw new TooManySigningSecrets(maxSigningSecrets);
      if (this.#box.keyId === undefined) throw new NothingToSealWith();
      const text = newSecretText();
      const slot = secretSlots.signing(made.id);
      const sealed = { [slot]: this.#box.seal(text, secretContext(handlerId, slot)) };
      await keep(manager, handler, secrets, sealed, now);
      await this.#record(by, 'handler.signing_secret.make', handler, secrets, manager);
      return { changed: true, result: { made, text } };
    });
    return result;
  }

  /**
   * Ends a secret at once.
   *
   * @throws {HandlerNotFound}
   * @throws {SigningSecretNotFound} Also when it has expired.
   */
  async revoke(handlerId: string, id: string, by: Actor): Promise<void> {
    await this.#catalog.change(async (manager, _current, now) => {
      const handler = await findHandler(manager, handlerId);
      const before = inForce(handler.signingSecrets, now);
      const secrets = before.filter((secret) => secret.id !== id);
      if (secrets.length === before.length) throw new SigningSecretNotFound(handlerId, id);
      await keep(manager, handler, secrets, {}, now);
      await this.#record(by, 'handler.signing_secret.revoke', handler, secrets, manager);
      return { changed: true, result: undefined };
    });
  }

  async #record(
    by: Actor,
    action: 'handler.signing_secret.make' | 'handler.signing_secret.revoke',
    { id, name, signingSecrets }: HandlerEntity,
    after: SigningSecret[],
    manager: EntityManager,
  ): Promise<void> {
    const subject = { type: 'handler', id, name } as const;
    await this.#audit.record(
      by,
      { action, subject, before: { signing: signingSecrets }, after: { signing: after } },
      manager,
    );
  }
}

/** Keeps which secrets a handler has, and the sealed texts of just those. */
async function keep(
  manager: EntityManager,
  handler: HandlerEntity,
  signingSecrets: SigningSecret[],
  sealed: Record<string, string>,
  updatedAt: Date,
): Promise<void> {
  const { id, version } = handler;
  const slots = new Set(signingSecrets.map((secret) => secretSlots.signing(secret.id)));
  const kept = Object.entries({ ...handler.secrets, ...sealed }).filter(
    ([slot]) => !isSigningSlot(slot) || slots.has(slot),
  );
  const secrets = Object.fromEntries(kept);
  await manager.update(HandlerEntity, { id }, { secrets, signingSecrets, version: version + 1, updatedAt });
}
