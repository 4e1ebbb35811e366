-- why: the VAT of a sale is that of the country of its branch, where the sale itself names none
alter table stock_location add column country text;
