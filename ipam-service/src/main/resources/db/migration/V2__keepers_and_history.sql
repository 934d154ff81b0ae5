-- Leases of several interfaces, addresses kept while their owner is away, owners of any kind, networks that manage MACs only.
alter table lease
    drop constraint lease_owner_kind_check,
    drop constraint lease_check,
    drop constraint lease_check1,
    add column provider text not null default 'ovn',
    add column keeper_kind text,
    add column keeper_name text,
    add column keeper_uid text,
    add column service_account text,
    add constraint lease_keeper check (num_nonnulls(keeper_kind, keeper_name, keeper_uid) in (0, 3));

alter table lease_history
    add column provider text not null default 'ovn',
    add column keeper_kind text,
    add column keeper_name text,
    add column service_account text;

-- all that an owner ever held; all changes between two instants
create index lease_history_owner on lease_history (owner_kind, namespace, name, began);
create index lease_history_began on lease_history (began, id);
create index lease_history_ended on lease_history (ended, id) where ended is not null;

-- Append-only: an update may only end an open row or say how its lease is used; rows go only when retention is over.
create or replace function lease_history_guard() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.ended is not null and current_setting('weft.retention', true) = 'over' then
        return old;
    end if;
    if tg_op = 'DELETE' or tg_op = 'TRUNCATE' then
        raise exception 'lease_history is append-only';
    end if;
    if old.ended is not null
        or (new.id, new.port, new.owner_kind, new.namespace, new.name, new.owner_uid, new.vpc, new.subnet, new.v4, new.v6, new.mac, new.began, new.provider)
           is distinct from
           (old.id, old.port, old.owner_kind, old.namespace, old.name, old.owner_uid, old.vpc, old.subnet, old.v4, old.v6, old.mac, old.began, old.provider)
    then
        raise exception 'lease_history is append-only: % of % may not change', old.id, old.port;
    end if;
    return new;
end $$;

-- When an address was released: it is not given to others before its quarantine is over.
alter table released add column at timestamptz not null default now();

-- What was found when leases were brought back from Kubernetes.
create table restoration (
    at     timestamptz primary key default now(),
    report jsonb not null
);
