import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { JsonValue } from '#kernel';
import { publishedMessages } from '../contract/async-api-document.js';

interface Contract {
  readonly topic: string;
  readonly headers: ValidateFunction;
  readonly payload: ValidateFunction;
}

/** Holds messages against the JSON Schemas of the published contract. */
export class MessageValidator {
  readonly #contracts: ReadonlyMap<string, Contract>;

  constructor() {
    const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
    addFormats.default(ajv);
    this.#contracts = new Map(
      publishedMessages().map(({ type, topic, headers, payload }) => [
        type,
        { topic, headers: ajv.compile(headers), payload: ajv.compile(payload) },
      ]),
    );
  }

  /** @returns what is wrong with the message; empty where nothing is. */
  problems(message: {
    /** The role of the topic it came from. */
    readonly topic: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly value: JsonValue;
  }): readonly string[] {
    const type = message.headers['ce_type'];
    const contract = this.#contracts.get(type ?? '');
    if (!contract) return [`${type} is no type of the contract`];
    return [
      ...(contract.topic === message.topic ? [] : [`${type} on the topic of ${message.topic}`]),
      ...failures(contract.headers, message.headers),
      ...failures(contract.payload, message.value),
    ];
  }
}

function failures(validate: ValidateFunction, value: unknown): readonly string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
