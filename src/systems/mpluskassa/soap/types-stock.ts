/**
 * Types of stock rows, history and corrections, fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const stockTypes = {
  GetStockRequest: `
    branchNumber:int articleNumbers:ArticleNumberList stockId:long? dayStockOnlyFilter:bool?
    branchNumbers:BranchNumberList?`,
  ArticleStock: `
    branchNumber:int? articleNumber:long changeTimestamp:MDateTime? stockId:long amountFree:long
    decimalPlacesFree:int? amountReserved:long decimalPlacesReserved:int? amountIncoming:long
    decimalPlacesIncoming:int? ownAmountFree:dec? ownAmountReserved:dec? ownAmountIncoming:dec?
    subArticle:ArticleStock* isDayStockArticle:bool`,
  GetStockHistoryRequest: `
    branchNumber:int articleNumbers:ArticleNumberList? fromFinancialDateTime:MDateTime?
    throughFinancialDateTime:MDateTime? sinceStockId:long? sinceStockIdLimit:int?`,
  ArticleStockHistory: `
    stockId:long timestamp:MDateTime branchNumber:int? articleNumber:long amountChanged:long decimalPlaces:int?
    type:StockHistoryType orderId:str? packingSlipId:str? invoiceId:str? invoiceNumber:YearNumber?
    invoiceBarcode:str? receiptId:str? receiptNumber:WorkplaceYearNumber? receiptBarcode:str?
    correctionNumber:YearNumber? beforeCorrectionQuantity:long? beforeCorrectionDecimalPlaces:int?
    afterCorrectionQuantity:long? afterCorrectionDecimalPlaces:int? deliveryNumber:YearNumber?
    internalShipmentNumber:YearNumber? internalDeliveryNumber:YearNumberPart? branchInvoiceNumber:TransactionNumber?`,
  GetStockHistoryV2Request: `
    branchNumbers:int* articleNumbers:ArticleNumberList? fromFinancialDateTime:MDateTime?
    throughFinancialDateTime:MDateTime? sinceStockId:long? sinceStockIdLimit:int?`,
  UpdateStockRequest: `
    branchNumber:int articleNumber:long amountChanged:long decimalPlaces:int? employeeNumber:long? reference:str?`,
  SetStockRequest: `
    branchNumber:int articleNumber:long amount:long decimalPlaces:int? employeeNumber:long? reference:str?`,
  SaveStockCorrectionsRequest: `
    branchNumber:int employeeNumber:long reference:str stockCorrectionList:StockCorrectionList
    correctionType:StockCorrectionType? correctionMode:StockCorrectionMode? reason:str? plannedCycleCountId:str?`,
  ArticleNumberList: 'articleNumbers:long*',
  BranchNumberList: 'branchNumber:int*',
  YearNumber: 'year:int number:long',
  WorkplaceYearNumber: 'branchNumber:int workplaceNumber:int year:int number:long',
  YearNumberPart: 'year:int number:long part:int',
  TransactionNumber: 'displayString:str? branch:uint workplace:uint? number:YearNumber',
  StockCorrectionList: 'correction:StockCorrection*',
  StockCorrection: 'articleNumber:long amount:long decimalPlaces:int?',
} as const;
