import assert from 'node:assert/strict';
import type { Browser, BrowserContext } from 'playwright-core';
import { carrySession, decodedFrames, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type Coturn, startCoturn } from '../support/coturn.ts';
import { rises } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

const SECRET = 'shared by the server and its relay';

describe('a hospital whose network lets nothing out but a relay', function () {
  this.timeout(120_000);
  let relay: Coturn;
  let server: RunningServer;
  let browser: Browser;
  let county: Client;
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
    const specialist = await server.signIn('specialist');
    county = await server.signIn('county-doctor');
    ({ consultationId } = await meetCase(county, specialist));
    await enter(specialist, undefined);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await relay?.close();
  });

  async function enter(client: Client, url: string | undefined): Promise<Person> {
    const person = await openPerson(browser, server.url);
    people.push(person);
    if (url !== undefined) await allowRelayOnly(person.context, url);
    await carrySession(person.context, client.cookie, server.url);
    await person.page.goto(`/consultations/${consultationId}/room`);
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
      await leave(doctor);
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

/** As behind a firewall: the page's media may go through this relay and nowhere else. */
async function allowRelayOnly(context: BrowserContext, url: string): Promise<void> {
  await context.addInitScript((only) => {
    const limit = (configuration: RTCConfiguration = {}): RTCConfiguration => ({
      ...configuration,
      iceTransportPolicy: 'relay',
      iceServers: (configuration.iceServers ?? [])
        .map((one) => ({ ...one, urls: [one.urls].flat().filter((address) => address === only) }))
        .filter(({ urls }) => urls.length > 0),
    });
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(limit(configuration));
      }
      override setConfiguration(configuration?: RTCConfiguration): void {
        super.setConfiguration(limit(configuration));
      }
    };
  }, url);
}
