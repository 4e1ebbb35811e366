-- why: what becomes known of a branch may let its parked orders go, so they must be found without reading every order.

create index sales_order_location on sales_order (location_id) where location_id is not null;
