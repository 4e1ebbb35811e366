/**
 * Types of invoices and packing slips, fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const invoicesTypes = {
  GetInvoicesRequest: `
    syncMarker:long? syncMarkerLimit:int? fromFinancialDate:MDate? throughFinancialDate:MDate? branchNumbers:int*
    employeeNumbers:long* relationNumbers:long* supplierRelationNumbers:long* articleNumbers:long*
    articleTurnoverGroups:int* articlePluNumbers:TextList articleBarcodes:TextList activityId:str?
    finalizeInvoices:bool? invoiceIds:str* invoiceNumbers:YearNumber* branchGroupFilter:BranchGroupFilter?
    includeLineList:bool? branchInvoiceNumbers:TransactionNumberList? directDebit:bool?
    includeLastMailTimelineEvents:bool? includeSigningTimelineEvents:bool? includeDirectDebitTimelineEvents:bool?
    includeOtherTimelineEvents:bool?`,
  InvoiceList: 'invoice:Invoice*',
  Invoice: `
    invoiceId:str? extInvoiceId:str? orderIds:IdList? extOrderIds:IdList? transactionString:str? syncMarker:long?
    invoiceNumber:YearNumber? invoiceBarcode:str? invoiceType:InvoiceType? employeeNumber:long? employeeName:str?
    entryTimestamp:MDateTime? relationNumber:long? relationName:str? relationCategoryId:int?
    relationBankAccountNumber:str? relationVatNumber:str? deliveryAddress:Address? invoiceAddress:Address?
    financialDate:MDate? financialBranchNumber:int? financialExtBranchId:str? workplaceNumber:int?
    entryBranchNumber:int? entryExtBranchId:str? reference:str? activityId:str? dueDate:MDate? totalInclAmount:long?
    totalExclAmount:long? vatMethod:VatMethod? vatGroupList:VatGroupList? changeCounter:int? versionNumber:int?
    paidAmount:long? state:InvoiceState? finalized:bool? finalizedTimestamp:MDateTime? lineList:LineList?
    paymentList:PaymentList? vatChange:VatChange? vatCountryCode:short? vatCountryIso3:str? costCenter:str?
    creditedInvoiceId:str? creditedReason:str? orderCategoryNumber:int? sessionId:str? orderNumbers:YearNumberList?
    packingSlipIds:IdList? packingSlipNumbers:YearNumberList? proposalIds:IdList? extProposalIds:IdList?
    proposalNumbers:YearNumberList? salesCategoryNumber:int? salesCategoryDescription:str? branchGroupNumber:int?
    ownerId:str? branchInvoiceNumber:TransactionNumber? invoiceReminder:int? targetInvoiceReminder:int?
    directDebit:bool? mailedTimestamp:MDateTime?`,
  SaveInvoiceInfo: 'invoiceId:str invoiceString:str invoiceNumber:YearNumber? invoiceBarcode:str?',
  PayInvoiceRequest: 'invoiceId:str paymentList:PaymentList',
  GetPackingSlipsRequest: `
    syncMarker:long? syncMarkerLimit:int? fromFinancialDate:MDate? throughFinancialDate:MDate? branchNumbers:int*
    employeeNumbers:long* relationNumbers:long* supplierRelationNumbers:long* articleNumbers:long*
    articleTurnoverGroups:int* articlePluNumbers:TextList? articleBarcodes:TextList? activityId:str?
    packingSlipIds:str* packingSlipNumbers:YearNumber* branchGroupFilter:BranchGroupFilter? includeLineList:bool?
    typeFilter:PackingSlipType*`,
  PackingSlipList: 'packingSlip:PackingSlip*',
  GetPackingSlipsByOrderRequest: 'orderId:str',
  CreateInvoiceFromPackingSlipsRequest: `
    idempotencyKey:str packingSlipIds:str* financialDate:date branchNumber:int forcedActivityId:str?`,
  PackingSlip: `
    packingSlipId:str packingSlipNumber:YearNumber? packingSlipBarcode:str? orderId:str? extOrderId:str?
    orderNumber:YearNumber? orderBarcode:str? invoiceId:str? extInvoiceId:str? invoiceNumber:YearNumber?
    invoiceBarcode:str? transactionString:str? syncMarker:long? employeeNumber:long? employeeName:str?
    entryTimestamp:MDateTime? relationNumber:long? relationName:str? relationCategoryId:int?
    relationBankAccountNumber:str? relationVatNumber:str? deliveryAddress:Address? invoiceAddress:Address?
    financialDate:MDate? financialBranchNumber:int? financialExtBranchId:str? workplaceNumber:int?
    entryBranchNumber:int? entryExtBranchId:str? reference:str? activityId:str? totalInclAmount:long?
    totalExclAmount:long? changeCounter:int? state:PackingSlipState? onInvoiceUrl:str? lineList:LineList?
    costCenter:str? orderCategoryNumber:int? packingSlipType:PackingSlipType? vatMethod:VatMethod? sessionId:str?
    proposalId:str? extProposalId:str? proposalNumber:YearNumber? branchGroupNumber:int? ownerId:str?
    branchInvoiceNumber:TransactionNumber?`,
} as const;
