-- The database as the migrations make it, for reading and for comparing: written by `npm run schema`, never by hand.
-- The migrations make the database; this file is never run.

create schema accounts;

create table accounts.account (
  id integer generated always as identity not null,
  email text collate "C" not null,
  email_key text collate "C" not null,
  name text collate "C" not null,
  password_hash text collate "C",
  global_role text collate "C",
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  api_only boolean not null default false,
  force_password_reset boolean not null default false,
  settings jsonb not null default '{}'::jsonb,
  audience_id integer,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_email_key_key UNIQUE (email_key)
);

create table accounts.fleet_role (
  account_id integer not null,
  fleet_id integer not null,
  role text collate "C" not null,
  constraint fleet_role_pkey PRIMARY KEY (account_id, fleet_id),
  constraint fleet_role_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
);
CREATE INDEX fleet_role_by_fleet ON accounts.fleet_role USING btree (fleet_id, account_id);

create table accounts.invite (
  id integer generated always as identity not null,
  token_hash bytea not null,
  email text collate "C" not null,
  email_key text collate "C" not null,
  name text collate "C" not null,
  global_role text collate "C",
  fleets jsonb not null default '[]'::jsonb,
  invited_by integer,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint invite_pkey PRIMARY KEY (id),
  constraint invite_email_key_key UNIQUE (email_key),
  constraint invite_token_hash_key UNIQUE (token_hash)
);

create table accounts.password_reset (
  token_hash bytea not null,
  account_id integer not null,
  expires_at timestamp with time zone not null,
  constraint password_reset_pkey PRIMARY KEY (token_hash),
  constraint password_reset_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
);

create table accounts.session (
  token_hash bytea not null,
  account_id integer not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  id integer generated always as identity not null,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_id_key UNIQUE (id),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts.account(id) ON DELETE CASCADE
);
CREATE INDEX session_account ON accounts.session USING btree (account_id);

create schema activity;

create table activity.activity (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  actor_id integer,
  actor_name text collate "C" not null,
  actor_email text collate "C" not null,
  type text collate "C" not null,
  details jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  host_id integer,
  fleet_id integer,
  constraint activity_pkey PRIMARY KEY (id)
);
CREATE INDEX activity_by_at ON activity.activity USING btree (at);
CREATE INDEX activity_by_fleet ON activity.activity USING btree (fleet_id, id) WHERE (fleet_id IS NOT NULL);
CREATE INDEX activity_by_host ON activity.activity USING btree (host_id, id) WHERE (host_id IS NOT NULL);
CREATE INDEX activity_by_type ON activity.activity USING btree (type, id);

create schema fleets;

create table fleets.enrol_secret (
  id integer generated always as identity not null,
  fleet_id integer,
  secret_hash bytea not null,
  secret_encrypted bytea not null,
  created_at timestamp with time zone not null default now(),
  quota integer,
  used integer not null default 0,
  constraint enrol_secret_pkey PRIMARY KEY (id),
  constraint enrol_secret_secret_hash_key UNIQUE (secret_hash),
  constraint enrol_secret_fleet_id_fkey FOREIGN KEY (fleet_id) REFERENCES fleets.fleet(id)
);

create table fleets.fleet (
  id integer generated always as identity not null,
  name text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  name_key text collate "C" not null,
  description text collate "C" not null default ''::text,
  settings jsonb not null default '{}'::jsonb,
  updated_at timestamp with time zone not null default now(),
  constraint fleet_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX fleet_by_name_key ON fleets.fleet USING btree (name_key);

create schema hosts;

create sequence hosts.context_id_seq as integer owned by hosts.context.id;

create sequence hosts.label_revision as integer owned by hosts.label.revision;

create table hosts.context (
  id integer not null default nextval('hosts.context_id_seq'::regclass),
  key text collate "C" not null,
  family text collate "C" not null,
  release text collate "C" not null,
  codename text collate "C" not null,
  channel text collate "C" not null default ''::text,
  constraint context_pkey PRIMARY KEY (id),
  constraint context_key_key UNIQUE (key)
);

create table hosts.derived_context (
  key text collate "C" not null,
  context_id integer not null,
  first_seen timestamp with time zone not null default now(),
  constraint derived_context_pkey PRIMARY KEY (key)
);

create table hosts.host (
  id integer generated always as identity not null,
  identifier text collate "C" not null,
  uuid text collate "C" not null default ''::text,
  serial text collate "C" not null default ''::text,
  hostname text collate "C" not null default ''::text,
  computer_name text collate "C" not null default ''::text,
  display_name text collate "C" not null default ''::text,
  platform text collate "C" not null default ''::text,
  os_version text collate "C" not null default ''::text,
  context_id integer not null default 0,
  fleet_id integer,
  distributed_interval_seconds integer not null default 10,
  config_refresh_seconds integer not null default 60,
  inventory_asked integer not null default 0,
  inventory_asked_at timestamp with time zone,
  inventory_done integer not null default 0,
  refetch_requested_at timestamp with time zone,
  enrolled_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  fleet_since timestamp with time zone not null default now(),
  hardware_uuid text collate "C" not null default ''::text,
  shares_identity boolean not null default false,
  shared_identifier text collate "C",
  split_from integer,
  names text collate "C" generated always as (lower(((((((hostname || ' '::text) || display_name) || ' '::text) || uuid) || ' '::text) || serial))) not null,
  constraint host_pkey PRIMARY KEY (id),
  constraint host_identifier_key UNIQUE (identifier)
);
CREATE INDEX host_alive ON hosts.host USING btree (fleet_id, id) WHERE (deleted_at IS NULL);
CREATE INDEX host_by_hardware ON hosts.host USING btree (hardware_uuid) WHERE (hardware_uuid <> ''::text);
CREATE INDEX host_by_hostname ON hosts.host USING btree (hostname, id);
CREATE INDEX host_by_serial ON hosts.host USING btree (serial);
CREATE INDEX host_by_shared_identifier ON hosts.host USING btree (shared_identifier) WHERE (shared_identifier IS NOT NULL);
CREATE INDEX host_by_text ON hosts.host USING gin (names gin_trgm_ops) WHERE (deleted_at IS NULL);
CREATE INDEX host_by_uuid ON hosts.host USING btree (uuid);

create table hosts.host_detail (
  host_id integer not null,
  detail jsonb not null,
  updated_at timestamp with time zone not null,
  constraint host_detail_pkey PRIMARY KEY (host_id)
);

create table hosts.host_email (
  host_id integer not null,
  source text collate "C" not null,
  email text collate "C" not null,
  constraint host_email_pkey PRIMARY KEY (host_id, source)
);
CREATE INDEX host_email_by_email ON hosts.host_email USING btree (email);

create table hosts.host_figure (
  host_id integer not null,
  detail_updated_at timestamp with time zone not null,
  restarted_at timestamp with time zone,
  memory bigint,
  gigs_disk_available double precision,
  percent_disk_available double precision,
  primary_ip text collate "C",
  hardware_model text collate "C",
  osquery_version text collate "C",
  constraint host_figure_pkey PRIMARY KEY (host_id)
) with (fillfactor=70);

create table hosts.host_fleet_past (
  host_id integer not null,
  fleet_id integer not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null
);
CREATE INDEX host_fleet_past_by_fleet ON hosts.host_fleet_past USING btree (fleet_id, until);
CREATE INDEX host_fleet_past_by_host ON hosts.host_fleet_past USING btree (host_id, until);

create table hosts.host_key (
  key_hash bytea not null,
  host_id integer not null,
  kind text collate "C" not null,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  is_superseded boolean not null default false,
  identifier text collate "C" not null default ''::text,
  constraint host_key_pkey PRIMARY KEY (key_hash),
  constraint host_key_kind_check CHECK ((kind = ANY (ARRAY['osquery'::text, 'agent'::text, 'device'::text])))
);
CREATE INDEX host_key_by_host ON hosts.host_key USING btree (host_id);

create view hosts.host_label as
 SELECT member.label_id,
    member.host_id
   FROM hosts.label_member member
UNION ALL
 SELECT label.id AS label_id,
    host.id AS host_id
   FROM (hosts.label label
     JOIN hosts.host host ON ((host.deleted_at IS NULL)))
  WHERE (((label.kind = 'builtin'::text) AND (((label.platform = ''::text) OR (label.platform = host.platform)) OR ((label.platform = 'linux'::text) AND (host.platform <> ALL (ARRAY[''::text, 'darwin'::text, 'windows'::text, 'chrome'::text, 'ios'::text, 'ipados'::text, 'android'::text]))))) OR ((label.kind = 'host_vitals'::text) AND ((label.fleet_id IS NULL) OR (label.fleet_id = COALESCE(host.fleet_id, 0))) AND (
        CASE (label.criteria ->> 'vital'::text)
            WHEN 'platform'::text THEN host.platform
            WHEN 'os_version'::text THEN host.os_version
            WHEN 'hostname'::text THEN host.hostname
            WHEN 'hardware_serial'::text THEN host.serial
            ELSE NULL::text
        END ~~* (label.criteria ->> 'pattern'::text))));

create table hosts.host_problem (
  host_id integer not null,
  kind text collate "C" not null,
  detail text collate "C" not null,
  count integer not null,
  at timestamp with time zone not null,
  constraint host_problem_pkey PRIMARY KEY (host_id, kind, detail)
);

create table hosts.host_seen (
  host_id integer not null,
  seen_at timestamp with time zone not null,
  address text collate "C" not null,
  constraint host_seen_pkey PRIMARY KEY (host_id)
) with (fillfactor=50);

create table hosts.label (
  id integer generated by default as identity not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  description text collate "C" not null default ''::text,
  kind text collate "C" not null,
  query text collate "C" not null default ''::text,
  platform text collate "C" not null default ''::text,
  criteria jsonb,
  fleet_id integer,
  author_id integer,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  revision integer not null default nextval('hosts.label_revision'::regclass),
  constraint label_pkey PRIMARY KEY (id),
  constraint label_kind_check CHECK ((kind = ANY (ARRAY['builtin'::text, 'dynamic'::text, 'manual'::text, 'host_vitals'::text])))
);
CREATE UNIQUE INDEX label_by_name ON hosts.label USING btree (name_key);

create table hosts.label_member (
  label_id integer not null,
  host_id integer not null,
  since timestamp with time zone not null,
  constraint label_member_pkey PRIMARY KEY (label_id, host_id)
);
CREATE INDEX label_member_by_host ON hosts.label_member USING btree (host_id, label_id);

create table hosts.label_run (
  host_id integer not null,
  revision integer not null,
  asked integer not null,
  at timestamp with time zone not null,
  constraint label_run_pkey PRIMARY KEY (host_id)
) with (fillfactor=50);

CREATE OR REPLACE FUNCTION hosts.figures_of(detail jsonb, at timestamp with time zone)
 RETURNS TABLE(detail_updated_at timestamp with time zone, restarted_at timestamp with time zone, memory bigint, gigs_disk_available double precision, percent_disk_available double precision, primary_ip text, hardware_model text, osquery_version text)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT at AS at,
         CASE
             WHEN (jsonb_typeof((detail -> 'uptimeSeconds'::text)) = 'number'::text) THEN (at - make_interval(secs => ((detail -> 'uptimeSeconds'::text))::double precision))
             ELSE NULL::timestamp with time zone
         END AS "case",
         CASE
             WHEN ((detail #>> '{system,physical_memory}'::text[]) ~ '^\d{1,18}$'::text) THEN ((detail #>> '{system,physical_memory}'::text[]))::bigint
             ELSE NULL::bigint
         END AS "case",
         CASE
             WHEN (jsonb_typeof((detail -> 'gigsDiskAvailable'::text)) = 'number'::text) THEN ((detail -> 'gigsDiskAvailable'::text))::double precision
             ELSE NULL::double precision
         END AS "case",
         CASE
             WHEN (jsonb_typeof((detail -> 'percentDiskAvailable'::text)) = 'number'::text) THEN ((detail -> 'percentDiskAvailable'::text))::double precision
             ELSE NULL::double precision
         END AS "case",
     (detail ->> 'primaryIp'::text),
     (detail #>> '{system,hardware_model}'::text[]),
     (detail ->> 'osqueryVersion'::text);
END;

create schema installation;

create table installation.package (
  id integer generated always as identity not null,
  title_id integer not null,
  fleet_id integer not null default 0,
  file_name text collate "C" not null,
  format text collate "C" not null,
  name text collate "C" not null,
  version text collate "C" not null,
  arch text collate "C" not null,
  platform text collate "C" not null,
  source_package text collate "C" not null,
  source_version text collate "C" not null,
  sha256 text collate "C" not null,
  size bigint not null,
  install_script text collate "C" not null,
  uninstall_script text collate "C" not null,
  post_install_script text collate "C" not null,
  pre_install_query text collate "C" not null,
  self_service boolean not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by text collate "C" not null,
  deleted_at timestamp with time zone,
  constraint package_pkey PRIMARY KEY (id),
  constraint package_format_check CHECK ((format = 'deb'::text))
);
CREATE INDEX package_by_title ON installation.package USING btree (title_id, id) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX package_once ON installation.package USING btree (fleet_id, title_id, version, arch) WHERE (deleted_at IS NULL);

create table installation.stop (
  id integer not null default 1,
  since timestamp with time zone not null,
  by text collate "C" not null,
  reason text collate "C" not null,
  constraint stop_pkey PRIMARY KEY (id),
  constraint stop_id_check CHECK ((id = 1))
);

create table installation.stop_fence ();

create table installation.task (
  id uuid not null,
  host_id integer not null,
  kind text collate "C" not null,
  package_id integer,
  title_id integer,
  script text collate "C" not null,
  state text collate "C" not null,
  step text collate "C",
  attempt integer not null,
  failures integer not null default 0,
  most_attempts integer not null,
  priority integer not null,
  not_before timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  nudged_at timestamp with time zone,
  lease_until timestamp with time zone,
  agent text collate "C",
  on_hold boolean not null default false,
  cancel_requested boolean not null default false,
  outcome text collate "C",
  verify_asked integer,
  verify_until timestamp with time zone,
  reason text collate "C" not null default ''::text,
  requested_by text collate "C" not null,
  account_id integer,
  policy_id integer,
  rollout_id integer,
  ring integer,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint task_pkey PRIMARY KEY (id),
  constraint task_agent_check CHECK ((agent = ANY (ARRAY['flotilla'::text, 'orbit'::text]))),
  constraint task_check CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['verified'::text, 'unverified'::text, 'failed'::text, 'cancelled'::text, 'expired'::text, 'lost'::text])))),
  constraint task_check1 CHECK (((kind = 'script'::text) OR (title_id IS NOT NULL))),
  constraint task_kind_check CHECK ((kind = ANY (ARRAY['install'::text, 'uninstall'::text, 'script'::text]))),
  constraint task_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'offered'::text, 'running'::text, 'reported'::text, 'verified'::text, 'unverified'::text, 'failed'::text, 'cancelled'::text, 'expired'::text, 'lost'::text])))
) with (fillfactor=70);
CREATE INDEX task_by_host ON installation.task USING btree (host_id, created_at DESC, id);
CREATE INDEX task_by_policy ON installation.task USING btree (policy_id, host_id, created_at DESC) WHERE (policy_id IS NOT NULL);
CREATE INDEX task_by_ring ON installation.task USING btree (rollout_id, ring, state) WHERE (rollout_id IS NOT NULL);
CREATE INDEX task_by_title ON installation.task USING btree (title_id, host_id, created_at DESC);
CREATE INDEX task_lease ON installation.task USING btree (lease_until) WHERE (state = ANY (ARRAY['offered'::text, 'running'::text]));
CREATE INDEX task_not_nudged ON installation.task USING btree (not_before) WHERE ((state = 'queued'::text) AND (nudged_at IS NULL));
CREATE UNIQUE INDEX task_once_a_rollout ON installation.task USING btree (rollout_id, host_id) WHERE (rollout_id IS NOT NULL);
CREATE UNIQUE INDEX task_one_active ON installation.task USING btree (host_id) WHERE (state = ANY (ARRAY['offered'::text, 'running'::text, 'reported'::text]));
CREATE INDEX task_queue ON installation.task USING btree (host_id, priority DESC, created_at, id) WHERE (state = 'queued'::text);
CREATE INDEX task_queued_expiry ON installation.task USING btree (expires_at) WHERE (state = 'queued'::text);
CREATE INDEX task_verify ON installation.task USING btree (verify_until) WHERE (state = 'reported'::text);

create table installation.task_event (
  task_id uuid not null,
  no integer not null,
  host_id integer not null,
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  at timestamp with time zone not null,
  by text collate "C" not null,
  reason text collate "C" not null,
  constraint task_event_pkey PRIMARY KEY (task_id, no),
  constraint task_event_from_state_to_state_fkey FOREIGN KEY (from_state, to_state) REFERENCES installation.task_transition(from_state, to_state)
);
CREATE INDEX task_event_by_host ON installation.task_event USING btree (host_id, at);

create table installation.task_result (
  task_id uuid not null,
  attempt integer not null,
  at timestamp with time zone not null,
  outcome text collate "C" not null,
  reason text collate "C" not null,
  steps jsonb not null,
  constraint task_result_pkey PRIMARY KEY (task_id, attempt)
);

create table installation.task_transition (
  from_state text collate "C" not null,
  to_state text collate "C" not null,
  constraint task_transition_pkey PRIMARY KEY (from_state, to_state)
);

create schema inventory;

create table inventory.change_by_day (
  day date not null,
  fleet_id integer not null,
  version_id integer not null,
  opened integer not null,
  closed integer not null,
  constraint change_by_day_pkey PRIMARY KEY (day, fleet_id, version_id)
);

create table inventory.change_delta (
  id bigint generated always as identity not null,
  day date not null,
  fleet_id integer not null,
  version_ids integer[] not null,
  opened integer[] not null,
  closed integer[] not null,
  constraint change_delta_pkey PRIMARY KEY (id)
);

create table inventory.count_delta (
  id bigint generated always as identity not null,
  kind text collate "C" not null,
  fleet_id integer not null,
  reason text collate "C" not null,
  keys integer[] not null,
  by integer[] not null,
  constraint count_delta_pkey PRIMARY KEY (id)
);

create table inventory.counts_folded (
  id integer not null default 1,
  at timestamp with time zone not null,
  constraint counts_folded_pkey PRIMARY KEY (id),
  constraint counts_folded_id_check CHECK ((id = 1))
);

create table inventory.fence ();

create table inventory.host_inventory (
  host_id integer not null,
  software_updated_at timestamp with time zone not null,
  complete_at timestamp with time zone,
  novel_hour timestamp with time zone,
  novel_count integer not null default 0,
  constraint host_inventory_pkey PRIMARY KEY (host_id)
);

create table inventory.host_part (
  host_id integer not null,
  part text collate "C" not null,
  asked integer not null,
  hash uuid,
  detail_hash uuid,
  software_count integer,
  ok_at timestamp with time zone,
  held_asked integer,
  error text collate "C",
  problems jsonb not null default '[]'::jsonb,
  raw_hash uuid,
  constraint host_part_pkey PRIMARY KEY (host_id, part)
);
CREATE INDEX host_part_held ON inventory.host_part USING btree (host_id) WHERE (held_asked IS NOT NULL);

create table inventory.host_rows (
  host_id integer not null,
  part text collate "C" not null,
  body jsonb not null,
  constraint host_rows_pkey PRIMARY KEY (host_id, part)
);

create table inventory.host_signature (
  host_id integer not null,
  query text collate "C" not null,
  body jsonb not null,
  constraint host_signature_pkey PRIMARY KEY (host_id, query)
);

create table inventory.host_software (
  host_id integer not null,
  software_id integer not null,
  since timestamp with time zone not null,
  constraint host_software_pkey PRIMARY KEY (host_id, software_id)
) with (autovacuum_vacuum_insert_scale_factor=0.01, autovacuum_vacuum_scale_factor=0.01);
CREATE UNIQUE INDEX host_software_by_software ON inventory.host_software USING btree (software_id, host_id);

create table inventory.host_software_past (
  host_id integer not null,
  software_id integer not null,
  since timestamp with time zone not null,
  last_seen timestamp with time zone not null,
  gone timestamp with time zone not null
) partition by RANGE (gone);
CREATE INDEX host_software_past_by_host ON ONLY inventory.host_software_past USING btree (host_id, gone);
CREATE INDEX host_software_past_by_software ON ONLY inventory.host_software_past USING btree (software_id, gone);

create table inventory.host_software_past_other partition of inventory.host_software_past DEFAULT;

create table inventory.host_use (
  host_id integer not null,
  software_id integer not null,
  opened_at timestamp with time zone not null,
  constraint host_use_pkey PRIMARY KEY (host_id, software_id)
) with (fillfactor=80);

create table inventory.lifecycle_cycle (
  product text collate "C" not null,
  name text collate "C" not null,
  place integer not null,
  label text collate "C" not null,
  released date,
  support_ends date,
  ends date,
  has_ended boolean,
  extended_ends date,
  is_lts boolean not null,
  latest text collate "C",
  latest_released date,
  constraint lifecycle_cycle_pkey PRIMARY KEY (product, name)
);

create table inventory.lifecycle_product (
  name text collate "C" not null,
  label text collate "C" not null,
  link text collate "C",
  identifiers jsonb not null,
  constraint lifecycle_product_pkey PRIMARY KEY (name)
);

create table inventory.lifecycle_stored (
  id integer not null default 1,
  at timestamp with time zone not null,
  constraint lifecycle_stored_pkey PRIMARY KEY (id),
  constraint lifecycle_stored_id_check CHECK ((id = 1))
);

create table inventory.list_total (
  fleet_id integer not null,
  list text collate "C" not null,
  kind text collate "C" not null,
  total integer not null,
  constraint list_total_pkey PRIMARY KEY (fleet_id, list, kind)
);

create table inventory.software (
  id integer generated always as identity not null,
  key uuid not null,
  version_id integer not null,
  context_id integer not null,
  kind text collate "C" not null,
  source_package text collate "C" not null default ''::text,
  source_version text collate "C" not null default ''::text,
  module text collate "C" not null default ''::text,
  discovered_at timestamp with time zone not null default now(),
  patches text collate "C" not null default ''::text,
  constraint software_pkey PRIMARY KEY (id),
  constraint software_key_key UNIQUE (key),
  constraint software_kind_check CHECK ((kind = ANY (ARRAY['normal'::text, 'kernel'::text, 'os'::text, 'patch'::text])))
);
CREATE INDEX software_by_version ON inventory.software USING btree (version_id);
CREATE INDEX software_kernel ON inventory.software USING btree (id) WHERE (kind = 'kernel'::text);

create table inventory.title (
  id integer generated always as identity not null,
  key uuid not null,
  name text collate "C" not null,
  display_name text collate "C" not null,
  sort_name text collate "C" not null,
  source text collate "C" not null,
  kind text collate "C" not null,
  extension_for text collate "C" not null default ''::text,
  bundle_identifier text collate "C" not null default ''::text,
  application_id text collate "C" not null default ''::text,
  upgrade_code text collate "C" not null default ''::text,
  merged_into integer,
  constraint title_pkey PRIMARY KEY (id),
  constraint title_key_key UNIQUE (key),
  constraint title_kind_check CHECK ((kind = ANY (ARRAY['normal'::text, 'kernel'::text, 'os'::text, 'patch'::text])))
);
CREATE INDEX title_by_name ON inventory.title USING btree (sort_name, id);
CREATE INDEX title_hidden ON inventory.title USING btree (id) WHERE (kind <> 'normal'::text);
CREATE INDEX title_merged ON inventory.title USING btree (id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX title_renamed ON inventory.title USING btree (id) WHERE (display_name <> name);
CREATE INDEX title_text ON inventory.title USING gin (name gin_trgm_ops);

create table inventory.title_fleet (
  fleet_id integer not null,
  title_id integer not null,
  hosts integer not null,
  constraint title_fleet_pkey PRIMARY KEY (fleet_id, title_id)
);
CREATE INDEX title_fleet_by_hosts ON inventory.title_fleet USING btree (fleet_id, hosts DESC, title_id);

create table inventory.version (
  id integer generated always as identity not null,
  key uuid not null,
  title_id integer not null,
  name text collate "C" not null,
  version text collate "C" not null,
  source text collate "C" not null,
  vendor text collate "C" not null default ''::text,
  arch text collate "C" not null default ''::text,
  release text collate "C" not null default ''::text,
  bundle_identifier text collate "C" not null default ''::text,
  extension_id text collate "C" not null default ''::text,
  extension_for text collate "C" not null default ''::text,
  application_id text collate "C" not null default ''::text,
  upgrade_code text collate "C" not null default ''::text,
  own_title_id integer,
  constraint version_pkey PRIMARY KEY (id),
  constraint version_key_key UNIQUE (key)
);
CREATE INDEX version_by_own_title ON inventory.version USING btree (own_title_id) WHERE (own_title_id IS NOT NULL);
CREATE INDEX version_by_text ON inventory.version USING btree ("left"(version, 64) text_pattern_ops);
CREATE INDEX version_by_title ON inventory.version USING btree (title_id, id);

create table inventory.version_fleet (
  fleet_id integer not null,
  version_id integer not null,
  hosts integer not null,
  constraint version_fleet_pkey PRIMARY KEY (fleet_id, version_id)
);
CREATE INDEX version_fleet_by_hosts ON inventory.version_fleet USING btree (fleet_id, hosts DESC, version_id);

create table inventory.version_lifecycle (
  version_id integer not null,
  product text collate "C" not null,
  cycle text collate "C" not null,
  remark text collate "C",
  constraint version_lifecycle_pkey PRIMARY KEY (version_id)
);
CREATE INDEX version_lifecycle_by_cycle ON inventory.version_lifecycle USING btree (product, cycle);

create schema kernel;

create sequence kernel.audience_id_seq as integer;

create table kernel.audience (
  id integer not null,
  fleet_ids integer[] not null,
  constraint audience_pkey PRIMARY KEY (id),
  constraint audience_fleet_ids_key UNIQUE (fleet_ids)
);

create table kernel.audience_counted (
  family text collate "C" not null,
  audience_id integer not null,
  constraint audience_counted_pkey PRIMARY KEY (family, audience_id),
  constraint audience_counted_audience_id_fkey FOREIGN KEY (audience_id) REFERENCES kernel.audience(id) ON DELETE CASCADE
);

create table kernel.change (
  id bigint generated always as identity not null,
  xid xid8 not null default pg_current_xact_id(),
  process_id uuid not null,
  signal text collate "C" not null,
  host_ids integer[],
  at timestamp with time zone not null default now(),
  constraint change_pkey PRIMARY KEY (id)
);
CREATE INDEX change_by_xid ON kernel.change USING btree (xid);

create table kernel.lease (
  name text collate "C" not null,
  holder uuid not null,
  until timestamp with time zone not null,
  constraint lease_pkey PRIMARY KEY (name)
);

create table kernel.migration (
  name text collate "C" not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (name)
);

create table kernel.problem (
  kind text collate "C" not null,
  detail text collate "C" not null,
  count bigint not null,
  at timestamp with time zone not null,
  constraint problem_pkey PRIMARY KEY (kind, detail)
);

create table kernel.process (
  id uuid not null,
  started_at timestamp with time zone not null default now(),
  beat_at timestamp with time zone not null default now(),
  constraint process_pkey PRIMARY KEY (id)
);

create table kernel.setting (
  name text collate "C" not null,
  value jsonb not null,
  sealed bytea,
  constraint setting_pkey PRIMARY KEY (name)
);

create table kernel.try (
  key text collate "C" not null,
  since timestamp with time zone not null,
  count integer not null,
  constraint try_pkey PRIMARY KEY (key)
);

create schema policies;

create table policies.fence ();

create table policies.generation (
  id integer not null default 1,
  generation integer not null,
  questions integer not null,
  constraint generation_pkey PRIMARY KEY (id),
  constraint generation_id_check CHECK ((id = 1))
);

create table policies.host_run (
  host_id integer not null,
  questions integer not null,
  asked integer not null,
  at timestamp with time zone not null,
  constraint host_run_pkey PRIMARY KEY (host_id)
) with (fillfactor=50);

create table policies.policy (
  id integer generated always as identity not null,
  fleet_id integer,
  name text collate "C" not null,
  type text collate "C" not null,
  query text collate "C" not null,
  title_id integer,
  minimum_version text collate "C",
  description text collate "C" not null,
  resolution text collate "C" not null,
  platform text collate "C" not null,
  critical boolean not null,
  install_title_id integer,
  revision integer not null default 1,
  author_id integer,
  author_name text collate "C" not null,
  author_email text collate "C" not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint policy_pkey PRIMARY KEY (id),
  constraint policy_check CHECK (((type = 'version'::text) = ((title_id IS NOT NULL) AND (minimum_version IS NOT NULL)))),
  constraint policy_type_check CHECK ((type = ANY (ARRAY['dynamic'::text, 'version'::text])))
);
CREATE UNIQUE INDEX policy_name ON policies.policy USING btree (COALESCE(fleet_id, '-1'::integer), name);

create table policies.policy_change (
  host_id integer not null,
  policy_id integer not null,
  policy_name text collate "C" not null,
  at timestamp with time zone not null,
  passes boolean
);
CREATE INDEX policy_change_by_host ON policies.policy_change USING btree (host_id, at);
CREATE INDEX policy_change_by_policy ON policies.policy_change USING btree (policy_id, at);

create table policies.policy_error (
  policy_id integer not null,
  host_id integer not null,
  error text collate "C" not null,
  at timestamp with time zone not null,
  constraint policy_error_pkey PRIMARY KEY (policy_id, host_id)
);

create table policies.policy_result (
  policy_id integer not null,
  host_id integer not null,
  passes boolean not null,
  why text collate "C" not null,
  since timestamp with time zone not null,
  constraint policy_result_pkey PRIMARY KEY (policy_id, host_id)
);
CREATE INDEX policy_result_by_host ON policies.policy_result USING btree (host_id);
CREATE INDEX policy_result_failing ON policies.policy_result USING btree (policy_id) WHERE (NOT passes);

create schema updates;

create table updates.ring (
  rollout_id integer not null,
  no integer not null,
  percent double precision not null,
  state text collate "C" not null,
  targeted integer not null,
  already integer not null default 0,
  opened_at timestamp with time zone,
  filled_at timestamp with time zone,
  passed_at timestamp with time zone,
  reason text collate "C" not null default ''::text,
  constraint ring_pkey PRIMARY KEY (rollout_id, no),
  constraint ring_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'passed'::text, 'halted'::text, 'aborted'::text])))
);

create table updates.rollout (
  id integer generated always as identity not null,
  name text collate "C" not null,
  title_id integer not null,
  package_id integer not null,
  vulnerability text collate "C",
  state text collate "C" not null,
  reason text collate "C" not null default ''::text,
  success_share double precision not null,
  minimum_successes integer not null,
  salt uuid not null,
  created_by text collate "C" not null,
  account_id integer,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  fleet_id integer,
  constraint rollout_pkey PRIMARY KEY (id),
  constraint rollout_check CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['aborted'::text, 'done'::text])))),
  constraint rollout_minimum_successes_check CHECK ((minimum_successes >= 0)),
  constraint rollout_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'halted'::text, 'aborted'::text, 'done'::text]))),
  constraint rollout_success_share_check CHECK (((success_share >= (0)::double precision) AND (success_share <= (1)::double precision)))
);
CREATE INDEX rollout_moving ON updates.rollout USING btree (id) WHERE (state = 'running'::text);
CREATE INDEX rollout_under_way ON updates.rollout USING btree (title_id) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text, 'halted'::text]));

create table updates.rollout_host (
  rollout_id integer not null,
  host_id integer not null,
  ring integer not null,
  already boolean not null default false,
  constraint rollout_host_pkey PRIMARY KEY (rollout_id, host_id)
);
CREATE INDEX rollout_host_by_host ON updates.rollout_host USING btree (host_id);
CREATE INDEX rollout_host_by_ring ON updates.rollout_host USING btree (rollout_id, ring, host_id);

create schema vulnerabilities;

create sequence vulnerabilities.due_wanted_number as bigint;

create table vulnerabilities.accepted_fleet (
  fleet_id integer not null,
  vulnerability_id integer not null,
  hosts integer not null,
  constraint accepted_fleet_pkey PRIMARY KEY (fleet_id, vulnerability_id)
);

create table vulnerabilities.action (
  id integer generated always as identity not null,
  key text collate "C" not null,
  name text collate "C" not null,
  kind text collate "C" not null,
  context text collate "C" not null default ''::text,
  fix_version text collate "C",
  scheme text collate "C",
  constraint action_pkey PRIMARY KEY (id),
  constraint action_key_key UNIQUE (key),
  constraint action_kind_check CHECK ((kind = ANY (ARRAY['package'::text, 'system'::text, 'program'::text])))
);

create table vulnerabilities.action_software (
  software_id integer not null,
  action_id integer not null,
  constraint action_software_pkey PRIMARY KEY (software_id)
);
CREATE INDEX action_software_by_action ON vulnerabilities.action_software USING btree (action_id);

create table vulnerabilities.action_to_refresh (
  id bigint generated always as identity not null,
  software_id integer,
  action_id integer,
  constraint action_to_refresh_pkey PRIMARY KEY (id)
);

create table vulnerabilities.action_version (
  action_id integer not null,
  version_id integer not null,
  title_id integer not null,
  findings integer not null,
  kept integer not null,
  exploited integer not null,
  exposure real not null,
  severity smallint,
  due_at timestamp with time zone,
  constraint action_version_pkey PRIMARY KEY (action_id, version_id)
);
CREATE INDEX action_version_by_title ON vulnerabilities.action_version USING btree (title_id);

create table vulnerabilities.action_vulnerability (
  action_id integer not null,
  vulnerability_id integer not null,
  fix_version text collate "C" not null,
  is_cleared boolean not null,
  exposure real not null,
  is_exploited boolean not null,
  severity smallint,
  due_at timestamp with time zone,
  constraint action_vulnerability_pkey PRIMARY KEY (action_id, vulnerability_id, fix_version)
);
CREATE INDEX action_vulnerability_by_vulnerability ON vulnerabilities.action_vulnerability USING btree (vulnerability_id);

create table vulnerabilities.count_delta (
  id bigint generated always as identity not null,
  kind text collate "C" not null,
  fleet_id integer not null,
  reason text collate "C" not null,
  keys integer[] not null,
  by integer[] not null,
  constraint count_delta_pkey PRIMARY KEY (id)
);

create table vulnerabilities.delivery (
  id bigint generated always as identity not null,
  event text collate "C" not null,
  receiver text collate "C" not null,
  body text not null,
  state text collate "C" not null default 'waiting'::text,
  attempts integer not null default 0,
  last_status integer,
  last_failure text,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_event_receiver_key UNIQUE (event, receiver),
  constraint delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'given_up'::text])))
);
CREATE INDEX delivery_due ON vulnerabilities.delivery USING btree (due_at) WHERE (state = 'waiting'::text);

create table vulnerabilities.due_class (
  vulnerability_id integer not null,
  policy integer not null,
  exposure text collate "C" not null,
  days integer,
  exploited_since timestamp with time zone,
  usual_days integer,
  constraint due_class_pkey PRIMARY KEY (vulnerability_id, policy, exposure),
  constraint due_class_exposure_check CHECK ((exposure = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])))
);

create table vulnerabilities.due_wanted (
  vulnerability_id integer not null,
  number bigint not null default nextval('vulnerabilities.due_wanted_number'::regclass),
  constraint due_wanted_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.exception (
  id integer generated always as identity not null,
  vulnerability_id integer,
  title_id integer,
  version_id integer,
  fleet_id integer,
  label_id integer,
  host_id integer,
  status text collate "C" not null,
  justification text collate "C",
  reason text collate "C" not null,
  owner_id integer,
  created_at timestamp with time zone not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  state text collate "C" not null default 'planned'::text,
  ended_at timestamp with time zone,
  ended_why text collate "C",
  ended_by integer,
  vex_document text collate "C",
  vex_statement text collate "C",
  constraint exception_pkey PRIMARY KEY (id),
  constraint exception_check CHECK ((num_nonnulls(vulnerability_id, title_id, version_id) > 0)),
  constraint exception_check1 CHECK ((num_nonnulls(title_id, version_id) <= 1)),
  constraint exception_check2 CHECK ((num_nonnulls(fleet_id, label_id, host_id) <= 1)),
  constraint exception_check3 CHECK (((status = 'not_affected'::text) OR (justification IS NULL))),
  constraint exception_check4 CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
  constraint exception_check5 CHECK ((until > since)),
  constraint exception_ended_why_check CHECK ((ended_why = ANY (ARRAY['expired'::text, 'ended'::text, 'replaced'::text, 'scope_gone'::text]))),
  constraint exception_justification_check CHECK ((justification = ANY (ARRAY['component_not_present'::text, 'vulnerable_code_not_present'::text, 'vulnerable_code_not_in_execute_path'::text, 'vulnerable_code_cannot_be_controlled_by_adversary'::text, 'inline_mitigations_already_exist'::text]))),
  constraint exception_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'active'::text, 'ended'::text]))),
  constraint exception_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'not_affected'::text, 'false_positive'::text])))
);
CREATE INDEX exception_by_document ON vulnerabilities.exception USING btree (vex_document) WHERE (vex_document IS NOT NULL);
CREATE INDEX exception_by_vulnerability ON vulnerabilities.exception USING btree (vulnerability_id) WHERE (vulnerability_id IS NOT NULL);
CREATE INDEX exception_living ON vulnerabilities.exception USING btree (state, until) WHERE (state <> 'ended'::text);

create view vulnerabilities.exception_finding as
 SELECT exception.id AS exception_id,
    exception.state,
    exception.fleet_id,
    ((exception.label_id IS NOT NULL) OR (exception.host_id IS NOT NULL)) AS is_for_hosts,
    finding.software_id,
    finding.vulnerability_id
   FROM (((vulnerabilities.exception exception
     JOIN vulnerabilities.finding finding ON ((finding.vulnerability_id = exception.vulnerability_id)))
     JOIN inventory.software software ON ((software.id = finding.software_id)))
     JOIN inventory.version version ON ((version.id = software.version_id)))
  WHERE (((exception.title_id IS NULL) OR (exception.title_id = version.title_id)) AND ((exception.version_id IS NULL) OR (exception.version_id = version.id)))
UNION ALL
 SELECT exception.id AS exception_id,
    exception.state,
    exception.fleet_id,
    ((exception.label_id IS NOT NULL) OR (exception.host_id IS NOT NULL)) AS is_for_hosts,
    finding.software_id,
    finding.vulnerability_id
   FROM (((vulnerabilities.exception exception
     JOIN inventory.version version ON ((version.title_id = exception.title_id)))
     JOIN inventory.software software ON ((software.version_id = version.id)))
     JOIN vulnerabilities.finding finding ON ((finding.software_id = software.id)))
  WHERE (exception.vulnerability_id IS NULL)
UNION ALL
 SELECT exception.id AS exception_id,
    exception.state,
    exception.fleet_id,
    ((exception.label_id IS NOT NULL) OR (exception.host_id IS NOT NULL)) AS is_for_hosts,
    finding.software_id,
    finding.vulnerability_id
   FROM ((vulnerabilities.exception exception
     JOIN inventory.software software ON ((software.version_id = exception.version_id)))
     JOIN vulnerabilities.finding finding ON ((finding.software_id = software.id)))
  WHERE (exception.vulnerability_id IS NULL);

create table vulnerabilities.exception_host (
  exception_id integer not null,
  host_id integer not null,
  constraint exception_host_pkey PRIMARY KEY (exception_id, host_id)
);
CREATE INDEX exception_host_by_host ON vulnerabilities.exception_host USING btree (host_id, exception_id);

create table vulnerabilities.exposed_fleet (
  fleet_id integer not null,
  is_exposed boolean not null,
  constraint exposed_fleet_pkey PRIMARY KEY (fleet_id)
);

create table vulnerabilities.exposed_label (
  label_id integer not null,
  is_exposed boolean not null,
  constraint exposed_label_pkey PRIMARY KEY (label_id)
);

create table vulnerabilities.exposure_move (
  fleet_id integer not null,
  reason text collate "C" not null,
  score double precision not null,
  constraint exposure_move_pkey PRIMARY KEY (fleet_id, reason)
);

create table vulnerabilities.exposure_point (
  fleet_id integer not null,
  at timestamp with time zone not null,
  score double precision not null,
  by_reason jsonb not null,
  constraint exposure_point_pkey PRIMARY KEY (fleet_id, at)
);

create table vulnerabilities.feed (
  name text collate "C" not null,
  generation text collate "C",
  records integer not null default 0,
  problems integer not null default 0,
  published_at timestamp with time zone,
  fetched_at timestamp with time zone,
  verified_at timestamp with time zone,
  failure text collate "C",
  failed_at timestamp with time zone,
  held_reason text collate "C",
  held_at timestamp with time zone,
  is_absent boolean not null default false,
  is_snapshot boolean not null default false,
  constraint feed_pkey PRIMARY KEY (name)
);

create table vulnerabilities.figures_wanted (
  version_id integer not null,
  constraint figures_wanted_pkey PRIMARY KEY (version_id)
);

create table vulnerabilities.finding (
  software_id integer not null,
  vulnerability_id integer not null,
  verdict text collate "C" not null,
  is_active boolean not null,
  fix_version text collate "C",
  remark text collate "C",
  body jsonb not null,
  since timestamp with time zone not null,
  is_exempt boolean not null default false,
  is_split boolean not null default false,
  is_open boolean generated always as ((is_active AND (NOT is_exempt))) not null,
  constraint finding_pkey PRIMARY KEY (software_id, vulnerability_id),
  constraint finding_verdict_check CHECK ((verdict = ANY (ARRAY['affected'::text, 'unknown'::text])))
);
CREATE UNIQUE INDEX finding_by_vulnerability ON vulnerabilities.finding USING btree (vulnerability_id, software_id);

create table vulnerabilities.finding_past (
  software_id integer not null,
  vulnerability_id integer not null,
  verdict text collate "C" not null,
  is_active boolean not null,
  fix_version text collate "C",
  since timestamp with time zone not null,
  closed_at timestamp with time zone not null
);
CREATE INDEX finding_past_by_software ON vulnerabilities.finding_past USING btree (software_id, closed_at);
CREATE INDEX finding_past_by_vulnerability ON vulnerabilities.finding_past USING btree (vulnerability_id, closed_at);

create table vulnerabilities.host_due (
  host_id integer not null,
  vulnerability_id integer not null,
  since timestamp with time zone not null,
  due timestamp with time zone not null,
  constraint host_due_pkey PRIMARY KEY (host_id, vulnerability_id)
);
CREATE INDEX host_due_by_due ON vulnerabilities.host_due USING btree (due, host_id, vulnerability_id);
CREATE INDEX host_due_by_vulnerability ON vulnerabilities.host_due USING btree (vulnerability_id, due);

create table vulnerabilities.host_due_past (
  host_id integer not null,
  vulnerability_id integer not null,
  fleet_id integer not null,
  since timestamp with time zone not null,
  due timestamp with time zone not null,
  closed_at timestamp with time zone not null,
  is_fixed boolean not null
);
CREATE INDEX host_due_past_by_end ON vulnerabilities.host_due_past USING btree (closed_at);
CREATE INDEX host_due_past_by_host ON vulnerabilities.host_due_past USING btree (host_id, vulnerability_id);

create table vulnerabilities.host_due_wanted (
  host_id integer not null,
  constraint host_due_wanted_pkey PRIMARY KEY (host_id)
);

create table vulnerabilities.label_exposure (
  host_id integer not null,
  is_exposed boolean not null,
  constraint label_exposure_pkey PRIMARY KEY (host_id)
);

create table vulnerabilities.likelihood (
  vulnerability_id integer not null,
  probability real not null,
  percentile real not null,
  constraint likelihood_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.lookup_key (
  id integer generated always as identity not null,
  key text collate "C" not null,
  scope text collate "C" not null,
  constraint lookup_key_pkey PRIMARY KEY (id),
  constraint lookup_key_key_key UNIQUE (key)
);
CREATE INDEX lookup_key_by_scope ON vulnerabilities.lookup_key USING btree (scope);

create table vulnerabilities.news (
  vulnerability_id integer not null,
  constraint news_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.publication (
  generation bigint generated always as identity not null,
  at timestamp with time zone not null,
  software_ids integer[] not null,
  constraint publication_pkey PRIMARY KEY (generation)
);

create table vulnerabilities.rating_wanted (
  vulnerability_id integer not null,
  constraint rating_wanted_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.recount_wanted (
  vulnerability_id integer not null,
  constraint recount_wanted_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.retold (
  vulnerability_id integer not null,
  constraint retold_pkey PRIMARY KEY (vulnerability_id)
);

create table vulnerabilities.self_check (
  id boolean not null default true,
  checked_at timestamp with time zone not null,
  software integer not null,
  drifted integer not null,
  after_software_id integer not null,
  constraint self_check_pkey PRIMARY KEY (id),
  constraint self_check_id_check CHECK (id)
);

create table vulnerabilities.sla (
  fleet_id integer not null,
  rules jsonb not null,
  constraint sla_pkey PRIMARY KEY (fleet_id)
);

create table vulnerabilities.software_judged (
  software_id integer not null,
  judged_at timestamp with time zone not null,
  not_judged text collate "C",
  detail text collate "C" not null default ''::text,
  constraint software_judged_pkey PRIMARY KEY (software_id)
);

create table vulnerabilities.software_key (
  key_id integer not null,
  software_id integer not null,
  constraint software_key_pkey PRIMARY KEY (key_id, software_id)
);
CREATE INDEX software_key_by_software ON vulnerabilities.software_key USING btree (software_id);

create table vulnerabilities.software_to_judge (
  software_id integer not null,
  since timestamp with time zone not null,
  why text collate "C" not null,
  constraint software_to_judge_pkey PRIMARY KEY (software_id)
);
CREATE INDEX software_to_judge_in_order ON vulnerabilities.software_to_judge USING btree (((why <> 'new'::text)), since, software_id);

create table vulnerabilities.statement (
  key_id integer not null,
  feed text collate "C" not null,
  advisory text collate "C" not null,
  vulnerabilities text[] not null,
  body jsonb not null,
  hash uuid not null,
  is_derived boolean not null default false,
  constraint statement_pkey PRIMARY KEY (key_id, feed, advisory)
);
CREATE INDEX statement_by_feed ON vulnerabilities.statement USING btree (feed);

create table vulnerabilities.told (
  vulnerability_id integer not null,
  feed text collate "C" not null,
  facts jsonb not null,
  hash uuid not null,
  constraint told_pkey PRIMARY KEY (vulnerability_id, feed)
);
CREATE INDEX told_by_feed ON vulnerabilities.told USING btree (feed);

create table vulnerabilities.version_risk (
  version_id integer not null,
  title_id integer not null,
  vulnerabilities integer not null,
  is_mixed boolean not null,
  cvss real,
  epss real,
  published_at timestamp with time zone,
  constraint version_risk_pkey PRIMARY KEY (version_id)
);
CREATE INDEX version_risk_by_title ON vulnerabilities.version_risk USING btree (title_id);

create table vulnerabilities.vex_document (
  id text collate "C" not null,
  fleet_id integer not null,
  version text collate "C" not null,
  told_at timestamp with time zone,
  imported_at timestamp with time zone not null,
  constraint vex_document_pkey PRIMARY KEY (id, fleet_id)
);

create table vulnerabilities.vulnerability (
  id integer generated always as identity not null,
  name text collate "C" not null,
  exploited_since date,
  exploited_due date,
  in_ransomware boolean,
  found_at timestamp with time zone,
  published_at timestamp with time zone,
  description text collate "C",
  severity text collate "C",
  cvss real,
  cvss_version text collate "C",
  cvss_from text collate "C",
  is_rejected boolean not null default false,
  is_automatable boolean,
  technical_impact text collate "C",
  announced_at timestamp with time zone,
  constraint vulnerability_pkey PRIMARY KEY (id),
  constraint vulnerability_name_key UNIQUE (name),
  constraint vulnerability_severity_check CHECK ((severity = ANY (ARRAY['none'::text, 'low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
  constraint vulnerability_technical_impact_check CHECK ((technical_impact = ANY (ARRAY['partial'::text, 'total'::text])))
);
CREATE INDEX vulnerability_exploited ON vulnerabilities.vulnerability USING btree (id) WHERE (exploited_since IS NOT NULL);
CREATE INDEX vulnerability_text ON vulnerabilities.vulnerability USING gin (name gin_trgm_ops);

create table vulnerabilities.vulnerability_fleet (
  fleet_id integer not null,
  vulnerability_id integer not null,
  hosts integer not null,
  constraint vulnerability_fleet_pkey PRIMARY KEY (fleet_id, vulnerability_id)
);
CREATE INDEX vulnerability_fleet_by_hosts ON vulnerabilities.vulnerability_fleet USING btree (fleet_id, hosts DESC, vulnerability_id);

create table vulnerabilities.vulnerability_history (
  fleet_id integer not null,
  vulnerability_id integer not null,
  first_at timestamp with time zone not null,
  peak integer not null,
  peak_at timestamp with time zone not null,
  gone_at timestamp with time zone,
  constraint vulnerability_history_pkey PRIMARY KEY (fleet_id, vulnerability_id)
);

create table vulnerabilities.weight (
  vulnerability_id integer not null,
  weight real not null,
  constraint weight_pkey PRIMARY KEY (vulnerability_id)
);

CREATE OR REPLACE FUNCTION vulnerabilities.is_exempt(of_software integer, of_vulnerability integer, on_host integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM vulnerabilities.exception_finding about
           WHERE ((about.state = 'active'::text) AND (about.software_id = is_exempt.of_software) AND (about.vulnerability_id = is_exempt.of_vulnerability) AND (((about.fleet_id IS NULL) AND (NOT about.is_for_hosts)) OR (about.fleet_id = ( SELECT COALESCE(host.fleet_id, 0) AS "coalesce"
                    FROM hosts.host host
                   WHERE (host.id = is_exempt.on_host))) OR (about.is_for_hosts AND (EXISTS ( SELECT
                    FROM vulnerabilities.exception_host named
                   WHERE ((named.exception_id = about.exception_id) AND (named.host_id = is_exempt.on_host))))))))) AS "exists";
END;
