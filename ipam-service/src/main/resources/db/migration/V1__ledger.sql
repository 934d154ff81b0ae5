-- The ledger: which address is leased to whom, and who held it before, for ever.
-- Addresses are kept as canonical text (RFC 5952), so that equal text is the same address.

-- The numbering of the feed ipam.lease: another epoch means that positions start anew.
create table meta (
    id    smallint primary key default 1 check (id = 1),
    epoch uuid not null default gen_random_uuid()
);
insert into meta default values;

-- Who may write. Every commit changes this row under its term, so a former writer cannot commit any more;
-- batch makes a commit whose answer was lost recognisable; position is that of the last message written.
create table fence (
    id       smallint primary key default 1 check (id = 1),
    term     bigint not null default 0,
    batch    bigint not null default 0,
    position bigint not null default 0
);
insert into fence default values;

-- What is leased now.
create table lease (
    id            uuid primary key,
    port          text not null,
    owner_kind    text not null check (owner_kind in ('Pod', 'Node')),
    namespace     text,
    name          text not null,
    owner_uid     text not null,
    node_name     text,
    vpc           text not null,
    subnet        text not null,
    v4            text check (family(cast(v4 as inet)) = 4),
    v6            text check (family(cast(v6 as inet)) = 6),
    mac           text not null,
    port_security boolean not null,
    since         timestamptz not null,
    check (v4 is not null or v6 is not null),
    check ((owner_kind = 'Pod') = (namespace is not null)),
    constraint lease_port unique (port),
    constraint lease_v4 unique (vpc, v4),
    constraint lease_v6 unique (vpc, v6),
    constraint lease_mac unique (subnet, mac)
);
create index lease_subnet on lease (subnet, port);

-- What was and is leased: one row a lease, open (ended is null) as long as it lasts.
create table lease_history (
    id         uuid primary key,
    port       text not null,
    owner_kind text not null,
    namespace  text,
    name       text not null,
    owner_uid  text not null,
    node_name  text,
    vpc        text not null,
    subnet     text not null,
    v4         text,
    v6         text,
    mac        text not null,
    began      timestamptz not null,
    ended      timestamptz,
    end_reason text,
    check ((ended is null) = (end_reason is null)),
    check (ended is null or ended >= began)
);
create unique index lease_history_open_port on lease_history (port) where ended is null;
create unique index lease_history_open_v4 on lease_history (vpc, v4) where ended is null;
create unique index lease_history_open_v6 on lease_history (vpc, v6) where ended is null;
create index lease_history_v4 on lease_history (vpc, v4, began) where v4 is not null;
create index lease_history_v6 on lease_history (vpc, v6, began) where v6 is not null;

-- Append-only: rows are never deleted, and an update may only end an open one or say where its owner runs.
create function lease_history_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or tg_op = 'TRUNCATE' then
        raise exception 'lease_history is append-only';
    end if;
    if old.ended is not null
        or (new.id, new.port, new.owner_kind, new.namespace, new.name, new.owner_uid, new.vpc, new.subnet, new.v4, new.v6, new.mac, new.began)
           is distinct from
           (old.id, old.port, old.owner_kind, old.namespace, old.name, old.owner_uid, old.vpc, old.subnet, old.v4, old.v6, old.mac, old.began)
    then
        raise exception 'lease_history is append-only: % of % may not change', old.id, old.port;
    end if;
    return new;
end $$;
create trigger lease_history_rows before update or delete on lease_history for each row execute function lease_history_guard();
create trigger lease_history_all before truncate on lease_history for each statement execute function lease_history_guard();

-- When an address was last released, as a position of the feed: released ones are reused oldest first.
create table released (
    vpc      text not null,
    address  text not null,
    position bigint not null,
    primary key (vpc, address)
);

-- Messages of the feed ipam.lease that the broker has not taken yet.
create table outbox (
    position bigint primary key,
    key      text not null,
    object   text
);
