-- why: an invoice of an order is a state of that order and no second sale, and a credit note belongs to what it takes back; so the hub must know of which.

alter table sales_order add column settles jsonb not null default '[]';
alter table sales_order add column credits_id text;
comment on column sales_order.settles is 'Of an invoice: the orders that it is of, as an array of ids. Some of them may not have been read yet, or never will be.';
comment on column sales_order.credits_id is 'Of a credit note: the invoice that it takes back.';
create index sales_order_settles on sales_order using gin (settles) where settles <> '[]';
create index sales_order_credits on sales_order (credits_id) where credits_id is not null;
