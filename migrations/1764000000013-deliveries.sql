-- why: what is delivered of an order is said by every system that has it, not only by the one whose lines count.

alter table sales_order add column deliveries jsonb not null default '[]';
comment on column sales_order.deliveries is 'Quantity delivered, by key of the line: the furthest that any system has said.';
