import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '#kernel';
import { beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, given, givenStream, sampleEvent } from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

/** JSON texts whose values are easily damaged on the way to a disk or wire and back. */
const difficultTexts = {
  'nothing at all': '{}',
  'every kind of value':
    '{"text":"","number":-12.5e-7,"big":9007199254740993,"yes":true,"none":null,"list":[[],{},[null]]}',
  'text of many scripts':
    '{"имя":"Зоя 👩‍👩‍👧 نور","e\u0301":"é","zero":"a\\u0000b","lone":"\\ud800","separators":"\\u2028\\r\\n\\t\\"\\\\"}',
  'keys with a meaning of their own':
    '{"__proto__":{"polluted":true},"constructor":{"prototype":1},"toString":null,"":0,"10":1,"9":2}',
};

export function fidelityContract(context: ContractContext): void {
  describe('keeping what was handed over', () => {
    it.each(Object.entries(difficultTexts))('keeps data with %s', async (_, text) => {
      expect(JSON.stringify(await dataAfterStoring(context, text))).toBe(JSON.stringify(JSON.parse(text)));
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    it('keeps a large and deeply nested object', async () => {
      let nested: JsonValue = 'end';
      for (let depth = 0; depth < 500; depth++) nested = depth % 2 === 0 ? [nested] : { deeper: nested };
      const members = Array.from({ length: 5_000 }, (_, index) => ({
        value: `member-${index}`,
        display: 'ÄÖÜ'.repeat(10),
      }));
      const text = JSON.stringify({ nested, members });
      expect(JSON.stringify(await dataAfterStoring(context, text))).toBe(text);
    });

    it('keeps metadata, type and id', async () => {
      const metadata = JSON.parse('{"$correlationId":"c-1","actor":"jürgen","__proto__":"text","empty":""}') as Record<
        string,
        string
      >;
      const event = { ...sampleEvent(), type: 'user.provisioned', metadata };
      await given(context.store, appendTo(aliceStream, 'no-stream', event));
      const [recorded] = await context.store.readStream(aliceStream);
      expect(recorded).toMatchObject({ id: event.id, type: 'user.provisioned' });
      expect(JSON.stringify(recorded?.metadata)).toBe(JSON.stringify(metadata));
    });

    it('keeps everything over closing and opening again', async () => {
      await givenStream(context.store, aliceStream, 3);
      const before = await context.store.readAll(beforeFirstPosition, 10);
      await context.reopen();
      expect(await context.store.readAll(beforeFirstPosition, 10)).toEqual(before);
      expect(await context.store.head()).toBe(before.at(-1)?.position);
    });

    it('records when it took an event', async () => {
      await givenStream(context.store, aliceStream, 1);
      const [recorded] = await context.store.readStream(aliceStream);
      expect(Number.isSafeInteger(recorded?.recordedAt)).toBe(true);
    });

    it('is not changed by what a writer does to an event after the call', async () => {
      const data: JsonObject = { roles: ['reader'] };
      const appending = context.store.append([appendTo(aliceStream, 'no-stream', sampleEvent(data))]);
      (data['roles'] as string[]).push('owner');
      await appending;
      expect((await context.store.readStream(aliceStream))[0]?.data).toEqual({ roles: ['reader'] });
    });

    it('is not changed by what a reader does to an event', async () => {
      await given(context.store, appendTo(aliceStream, 'no-stream', sampleEvent({ roles: ['reader'] })));
      const [first] = await context.store.readStream(aliceStream);
      (first?.data['roles'] as string[]).push('owner');
      expect((await context.store.readStream(aliceStream))[0]?.data).toEqual({ roles: ['reader'] });
    });
  });
}

async function dataAfterStoring({ store }: ContractContext, text: string): Promise<JsonObject | undefined> {
  await given(store, appendTo(aliceStream, 'no-stream', sampleEvent(JSON.parse(text) as JsonObject)));
  return (await store.readStream(aliceStream))[0]?.data;
}
