import Type, { type TSchema } from 'typebox';

export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' });
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const Id = Type.Integer({ minimum: 0, maximum: 2147483647 });
export const IdParams = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2147483647 }) });
export const Empty = Type.Object({});

/** Paging of every list: `page` counts from 0. */
export const Paging = {
  page: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
  per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  order_direction: Type.Optional(Type.Enum(['asc', 'desc'])),
};

/** A list is of all fleets, or of one; `team_id` is the older name of `fleet_id`. Sending both is an error. */
export const FleetFilter = { fleet_id: Type.Optional(Id), team_id: Type.Optional(Id) };

export const OrderKey = <K extends string[]>(keys: readonly [...K]) => ({ order_key: Type.Optional(Type.Enum(keys)) });

/** Goes on after the last row of an earlier answer, whatever was added or taken away before it; stands in for `page`. */
export const Cursor = {
  cursor: Type.Optional(Type.String({ maxLength: 1000, description: '`meta.next_cursor` of the answer before' })),
};

export const Meta = Type.Object({
  has_next_results: Type.Boolean(),
  has_previous_results: Type.Boolean(),
  next_cursor: Type.Optional(Type.String({ description: 'where there are next results' })),
});

/** What vouches for the file at a path; null is not known. */
export const SignatureInformation = Type.Object({
  installed_path: Type.String(),
  team_identifier: Type.String(),
  hash_sha256: Nullable(Type.String()),
  executable_path: Nullable(Type.String()),
  executable_sha256: Nullable(Type.String()),
});
