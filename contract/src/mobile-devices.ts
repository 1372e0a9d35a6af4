import Type, { type Static } from 'typebox';
import { Part } from './host-software.ts';
import type { Route } from './route.ts';

/** Systems that osquery does not run on. */
export const mobilePlatforms = ['ios', 'ipados', 'android'] as const;
export type MobilePlatform = (typeof mobilePlatforms)[number];

/** Any value is taken: what is no text makes the row a problem that is counted, and the others are kept. */
const Said = (description: string) => Type.Optional(Type.Unknown({ description }));
const App = Type.Object({
  name: Said('a text; a row without it is a problem'),
  version: Said('a text'),
  bundle_identifier: Said('a text, of an app of iOS or iPadOS: what makes all its names and versions one title'),
  application_id: Said('a text, of an app of Android: what makes all its names and versions one title'),
});

const DeviceBody = Type.Object({
  platform: Type.Enum([...mobilePlatforms]),
  name: Type.String({ minLength: 1, maxLength: 255 }),
  serial: Type.Optional(Type.String({ maxLength: 255 })),
  model: Type.Optional(Type.String({ maxLength: 255 })),
  os_version: Type.String({ minLength: 1, maxLength: 100, description: 'the number alone, such as `17.4`' }),
  fleet_id: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: 2147483647 }), Type.Null()], {
      description: '0 or null: in no fleet; absent: a known device stays where it is, another is in no fleet',
    }),
  ),
  software: Type.Array(App, {
    maxItems: 10_000,
    description: 'all apps, at most 10,000: they replace those delivered before',
  }),
  collected_at: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'when the device said so, which is when it was last seen; absent: now',
    }),
  ),
});
export type DeviceBody = Static<typeof DeviceBody>;

export const deliverMobileDevice = {
  method: 'PUT',
  path: '/api/v1/flotilla/mobile-devices/:identifier',
  summary: 'Say what is on an iPhone, iPad or Android device; the first time makes it a host',
  access: 'hosts:manage',
  reach: 'fleets',
  params: Type.Object({
    identifier: Type.String({ minLength: 1, maxLength: 255, description: 'what names the device for good' }),
  }),
  body: DeviceBody,
  bodyLimit: 8 * 1024 * 1024,
  response: Type.Object({
    host_id: Type.Integer(),
    software_count: Type.Integer({ description: 'apps that are now taken to be on the device' }),
    problems: Part.properties.problems,
  }),
} as const satisfies Route;
