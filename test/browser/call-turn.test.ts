import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CallTicket } from '../../server/contract/call.ts';
import { carrySession, decodedFrames, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type Coturn, startCoturn } from '../support/coturn.ts';
import { rises } from '../support/eventually.ts';
import { findFreePort } from '../support/start-process.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** Longer than until the relay is asked again. */
const LASTING_MS = 20_000;
const SECRET = 'shared by the server and its relay';

describe('a hospital whose network lets nothing out but a relay', function () {
  this.timeout(240_000);
  let relay: Coturn;
  let server: RunningServer;
  let browser: Browser;
  let county: Client;
  let specialist: Client;
  let consultationId: string;
  const people: Person[] = [];
  const urls: Record<string, string> = {};

  before(async () => {
    relay = await startCoturn(SECRET);
    urls['UDP'] = `turn:127.0.0.1:${relay.port}?transport=udp`;
    urls['TCP'] = `turn:127.0.0.1:${relay.port}?transport=tcp`;
    urls['TLS'] = `turns:127.0.0.1:${relay.tlsPort}?transport=tcp`;
    server = await startServer({ environment: { TURN_URLS: Object.values(urls).join(), TURN_SECRET: SECRET } });
    // The relay's certificate is of its own making.
    browser = await launchBrowser(['--ignore-certificate-errors']);
    specialist = await server.signIn('specialist');
    county = await server.signIn('county-doctor');
    ({ consultationId } = await meetCase(county, specialist));
    await enter(specialist, undefined);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await relay?.close();
  });

  async function enter(
    client: Client,
    url: string | undefined,
    other: { spoil?: SpoilRelay; consultationId?: string } = {},
  ): Promise<Person> {
    const person = await openPerson(browser, server.url);
    people.push(person);
    if (other.spoil) await spoilRelay(person.page, other.spoil);
    if (url !== undefined) await allowRelayOnly(person.context, url);
    await carrySession(person.context, client.cookie, server.url);
    await person.page.goto(`/consultations/${other.consultationId ?? consultationId}/room`);
    await person.page.getByTestId('room-enter').click();
    return person;
  }
  const leave = ({ context }: Person) => context.close();

  for (const transport of ['UDP', 'TCP', 'TLS'])
    it(`[CA7] sees and is seen through the relay by ${transport}`, async () => {
      const [expert] = people;
      assert.ok(expert);
      const doctor = await enter(county, urls[transport]);
      await rises(`pictures through the relay by ${transport}`, 10, () => decodedFrames(doctor.page));
      await rises('pictures of whoever is behind the relay', 10, () => decodedFrames(expert.page));
      const paths = await doctor.page.evaluate(usedPaths);
      assert.deepEqual([...new Set(paths)], ['relay'], 'nothing goes another way');
      assert.equal(paths.length, 2, 'out and in');
      assert.deepEqual(doctor.faults, []);
      await leave(doctor);
    });

  const faults: [what: string, make: () => Promise<SpoilRelay>, told: string][] = [
    ['refuses this system', async () => ({ credential: 'of another secret' }), zh('room:relayRefused')],
    ['cannot be reached', async () => ({ port: await findFreePort() }), zh('room:relayUnreachable')],
  ];
  it('tells whoever has no other way what is wrong with the relay, and goes on telling', async () => {
    // Each waits for what ICE takes to give up: in calls of their own at the same time.
    await Promise.all(
      faults.map(async ([what, make, told]) => {
        const spoil = await make();
        const url = spoil.port === undefined ? urls['UDP'] : `turn:127.0.0.1:${spoil.port}?transport=tcp`;
        const elsewhere = await meetCase(county, specialist);
        const doctor = await enter(county, url, { spoil, consultationId: elsewhere.consultationId });
        const trouble = doctor.page.getByTestId('room-trouble');
        await trouble.getByText(told).waitFor({ timeout: 60_000 });
        const said = new Set<string>();
        const untilMs = performance.now() + LASTING_MS;
        while (performance.now() < untilMs) {
          said.add((await trouble.textContent()) ?? '');
          await doctor.page.waitForTimeout(50);
        }
        assert.deepEqual(
          [...said].filter((text) => !text.includes(told)),
          [],
          what,
        );
        assert.equal(await decodedFrames(doctor.page), 0);
        await leave(doctor);
      }),
    );
  });

  it('[CA7] names nobody to the relay', async () => {
    const { person } = await county.call('session:read');
    const { iceServers } = await county.call('call:ticket', { params: { consultationId } });
    const told = iceServers.map(({ username = '' }) => username);
    assert.ok(told.length > 0);
    for (const username of told) assert.match(username, /^\d{10}:[\w-]{22}$/, 'an end and a pseudonym');
    const seen = `${told.join(' ')} ${relay.log()}`;
    for (const name of [person.accountId, person.name, 'county-doctor', '张建国'])
      assert.ok(!seen.includes(name), name);
  });
});

/** Runs in the page: by what kind of path each connection's media goes. */
async function usedPaths(): Promise<string[]> {
  const kinds: string[] = [];
  for (const connection of Reflect.get(window, '__peerConnections') as RTCPeerConnection[]) {
    if (connection.connectionState !== 'connected') continue;
    const report = await connection.getStats();
    for (const entry of report.values())
      if (entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded')
        kinds.push(report.get(entry.localCandidateId).candidateType);
  }
  return kinds;
}

/** What the server tells a browser of the relay, changed on the way: another credential, or a port where nobody listens. */
interface SpoilRelay {
  credential?: string;
  port?: number;
}

async function spoilRelay(page: Page, { credential, port }: SpoilRelay): Promise<void> {
  await page.route('**/ticket', async (route) => {
    const response = await route.fetch();
    const ticket = CallTicket.parse(await response.json());
    const iceServers = ticket.iceServers.map((one) => ({
      ...one,
      ...(credential === undefined ? {} : { credential }),
      ...(port === undefined ? {} : { urls: [`turn:127.0.0.1:${port}?transport=tcp`] }),
    }));
    await route.fulfill({ response, json: { ...ticket, iceServers } });
  });
}

/** As behind a firewall: the page's media may go through this relay and nowhere else. */
async function allowRelayOnly(context: BrowserContext, url: string): Promise<void> {
  await context.addInitScript((only) => {
    // A method: a function with a name of its own needs a helper that the page has not.
    const rules = {
      limit(configuration: RTCConfiguration = {}): RTCConfiguration {
        return {
          ...configuration,
          iceTransportPolicy: 'relay',
          iceServers: (configuration.iceServers ?? [])
            .map((one) => ({ ...one, urls: [one.urls].flat().filter((address) => address === only) }))
            .filter(({ urls }) => urls.length > 0),
        };
      },
    };
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(rules.limit(configuration));
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration(rules.limit(configuration));
      }
    };
  }, url);
}
