-- why: a flow that shows its products in order changes all rows of a page in one transaction, and only then is there room for all of them where they are.

alter table variant set (fillfactor = 50);
alter table external_reference set (fillfactor = 50);
