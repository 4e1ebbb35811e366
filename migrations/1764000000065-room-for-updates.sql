-- why: records are changed where they are; a page without room sends the new version to another one, and every index of the table with it.

alter table product set (fillfactor = 85);
alter table variant set (fillfactor = 80);
alter table external_reference set (fillfactor = 80);
