/**
 * Types of orders, their lines, payments and changes, fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const ordersTypes = {
  GetOrdersRequest: `
    syncMarker:long? syncMarkerLimit:int? fromFinancialDate:MDate? throughFinancialDate:MDate? branchNumbers:int*
    employeeNumbers:long* relationNumbers:long* supplierRelationNumbers:long* articleNumbers:long*
    articleTurnoverGroups:int* articlePluNumbers:TextList articleBarcodes:TextList activityId:str?
    orderTypeList:OrderTypeList? orderIds:str* orderNumbers:YearNumber* branchGroupFilter:BranchGroupFilter?
    includeLineList:bool? includeLastMailTimelineEvents:bool? includeSigningTimelineEvents:bool?
    includeOtherTimelineEvents:bool?`,
  OrderList: 'order:Order*',
  Order: `
    orderId:str extOrderId:str? invoiceIds:IdList? extInvoiceIds:IdList? transactionString:str? syncMarker:long?
    orderType:OrderType? entryBranchNumber:int? entryExtBranchId:str? employeeNumber:long? employeeName:str?
    entryTimestamp:MDateTime? relationNumber:long? relationName:str? relationCategoryId:int?
    relationBankAccountNumber:str? relationVatNumber:str? deliveryAddress:Address? invoiceAddress:Address?
    financialDate:MDate? financialBranchNumber:int? financialExtBranchId:str? workplaceNumber:int? reference:str?
    activityId:str? totalInclAmount:long? totalExclAmount:long? vatMethod:VatMethod? vatGroupList:VatGroupList?
    deliveryMethod:str? deliveryDate:MDate? deliveryPeriodBegin:MDateTime? deliveryPeriodEnd:MDateTime?
    paymentMethod:str? changeCounter:int? versionNumber:int? prepaidAmount:long? fullyPaid:bool?
    deliveryState:OrderDeliveryState? cancelState:OrderCancelState? completeState:OrderCompleteState?
    tableNumber:int? tableSubNumber:int? tableDescription:str? numberOfGuests:int? orderNumber:YearNumber?
    branchOrderNumber:WorkplaceYearNumber? orderBarcode:str? orderCategoryNumber:int? orderCategoryDescription:str?
    onDeliveryUrl:str? onInvoiceUrl:str? lineList:LineList? paymentList:PaymentList? vatChange:VatChange?
    vatCountryCode:short? vatCountryIso3:str? cateringOrderNumber:YearNumber? invoiceNumbers:YearNumberList?
    packingSlipIds:IdList? packingSlipNumbers:YearNumberList? proposalId:str? extProposalId:str?
    proposalNumber:YearNumber? branchGroupNumber:int? ownerId:str? branchInvoiceNumbers:TransactionNumberList?`,
  GetOrdersByExtOrderIdsRequest: 'syncMarker:long? syncMarkerLimit:int? extOrderIds:IdList?',
  GetOrderChangesRequest: `
    syncMarker:long? syncMarkerLimit:int? fromFinancialDate:MDate? throughFinancialDate:MDate? branchNumbers:int*
    employeeNumbers:long* relationNumbers:long* articleNumbers:long* articleTurnoverGroups:int*
    articlePluNumbers:TextList? articleBarcodes:TextList? orderTypeList:OrderTypeList?`,
  OrderChangeList: 'orderChange:OrderChange*',
  CreateOrderInfo: 'orderId:str orderString:str orderQueued:bool?',
  CreateOrderV2Request: `
    order:Order applySalesAndActions:bool? applySalesPrices:bool? applyPriceGroups:bool?
    scannedVoucherIssuanceCodes:str*`,
  CreateOrderV3Request: `
    idempotencyKey:str order:Order applySalesAndActions:bool? applySalesPrices:bool? applyPriceGroups:bool?
    scannedVoucherIssuanceCodes:str* prepay:bool? paymentList:PaymentList?`,
  UpdateOrderInfo: 'orderId:str orderString:str orderQueued:bool?',
  UpdateOrderV2Request: 'order:Order applySalesAndActions:bool? applySalesPrices:bool? applyPriceGroups:bool?',
  SaveOrderInfo: 'orderId:str orderString:str orderQueued:bool?',
  CancelOrderRequest: 'branchNumber:int?',
  CancelOrderV2Request: 'workplace:WorkplaceIdentifier employee:EmployeeIdentifier orderId:str',
  PayOrderRequest: 'orderId:str prepay:bool paymentList:PaymentList',
  PayOrderV2Request: 'idempotencyKey:str orderId:str prepay:bool paymentList:PaymentList',
  DeliverOrderRequest: 'orderId:str turnoverType:DeliverOrderTurnoverType?',
  DeliverOrderV2Request: 'orderDelivery:OrderDelivery',
  OrderTypeList: 'orderType:OrderType*',
  BranchGroupFilter: 'branchGroups:int*',
  Address: `
    addressId:str? name:str? contact:str? address:str? zipcode:str? city:str? country:str? label:str?
    companyName:str? supplierInformation:str?`,
  VatGroupList: 'vatGroup:VatGroup*',
  LineList: 'line:Line*',
  PaymentList: 'payment:Payment*',
  YearNumberList: 'yearNumber:YearNumber*',
  TransactionNumberList: 'transactionNumber:TransactionNumber*',
  OrderChange: `
    orderId:str extOrderId:str? entryTimestamp:MDateTime? entryBranchNumber:int? workplaceNumber:int?
    entryExtBranchId:str? financialBranchNumber:int? financialExtBranchId:str? reference:str? changeCounter:int?
    versionNumber:int? orderNumber:YearNumber? syncMarker:long? tableNumber:int? tableDescription:str?
    orderType:OrderType? employeeNumberOld:long? employeeNumberNew:long? employeeNameOld:str? employeeNameNew:str?
    relationNumberOld:long? relationNumberNew:long? relationNameOld:str? relationNameNew:str?
    deliveryAddressOld:Address? deliveryAddressNew:Address? invoiceAddressOld:Address? invoiceAddressNew:Address?
    financialDateOld:MDate? financialDateNew:MDate? totalInclAmountOld:long? totalInclAmountNew:long?
    totalExclAmountOld:long? totalExclAmountNew:long? vatMethodOld:VatMethod? vatMethodNew:VatMethod?
    deliveryMethodOld:str? deliveryMethodNew:str? deliveryDateOld:MDate? deliveryDateNew:MDate?
    deliveryPeriodBeginOld:MDateTime? deliveryPeriodBeginNew:MDateTime? deliveryPeriodEndOld:MDateTime?
    deliveryPeriodEndNew:MDateTime? paymentMethodOld:str? paymentMethodNew:str? prepaidAmountOld:long?
    prepaidAmountNew:long? fullyPaidOld:bool? fullyPaidNew:bool? deliveryStateOld:OrderDeliveryState?
    deliveryStateNew:OrderDeliveryState? cancelStateOld:OrderCancelState? cancelStateNew:OrderCancelState?
    completeStateOld:OrderCompleteState? completeStateNew:OrderCompleteState? numberOfGuestsOld:int?
    numberOfGuestsNew:int? orderCategoryNumberOld:int? orderCategoryNumberNew:int? orderCategoryDescriptionOld:str?
    orderCategoryDescriptionNew:str? lineChangeList:LineChangeList? vatChangeOld:VatChange? vatChangeNew:VatChange?`,
  WorkplaceIdentifier: 'branchNumber:int workplaceNumber:int',
  EmployeeIdentifier: 'employeeNumber:long',
  OrderDelivery: 'orderId:str lineList:OrderDeliveryLineList turnoverType:DeliverOrderTurnoverType?',
  Line: `
    lineId:str? employeeNumber:long? articleNumber:long pluNumber:str? text:str? supplierRelationNumber:long?
    supplierRelationName:str? supplierArticleNumber:str? data:LineData? courseNumber:int? menuHash:str?
    menuDescription:str? menuAmount:long? salePromotionData:SalePromotionLineData? lineType:LineType?
    preparationList:LineList? suppressDisposableComponent:bool? tempId:str? retourReason:str? sequenceNumber:int?
    uncondensedLines:LineList? tempLineId:str? subLineType:SubLineTypeV2? articleAlterationId:int?
    lineKind:LineKind? salesOrderLineId:str?`,
  Payment: `
    paymentId:str? financialDate:MDate? entryTimestamp:MDateTime? branchNumber:int? extBranchId:str?
    workplaceNumber:int? employeeNumber:long? employeeName:str? method:str description:str? amount:long
    paymentMethodType:PaymentMethodType? accountNumber:int? branchAccountNumberList:BranchAccountNumberList?
    giftcardNumber:str? externalPaymentId:str? externalReference:str?`,
  LineChangeList: 'lineChange:LineChange*',
  OrderDeliveryLineList: 'line:OrderDeliveryLine*',
  LineData: `
    quantity:long decimalPlaces:int? deliveredQuantity:long? deliveredDecimalPlaces:int? cancelledQuantity:long?
    cancelledDecimalPlaces:int? price:long? priceExcl:long? originalPrice:long? originalPriceExcl:long?
    purchasePrice:long? averagePurchasePrice:dec? exchangeRateBuyPrice:long? exchangeRateBuyPriceDecimalPlaces:int?
    exchangeRateSellPrice:long? exchangeRateSellPriceDecimalPlaces:int? exchangeRateMultiplier:int?
    turnoverGroup:int? turnoverGroupName:str? turnoverGroupType:TurnoverGroupType? turnoverGroupAccountNumber:int?
    turnoverGroupCostCenter:str? vatCode:int? vatPercentage:int? pricePerQuantity:int? siUnit:str?
    discountType:DiscountType? discountPercentage:int? discountAmount:long? discountAmountExcl:long? bpeId:str?
    bpeDescription:str? bpeAmount:long? bpeAmountExcl:long? menuId:str? menuLinesId:str? totalInclAmount:long?
    totalExclAmount:long? priceType:PriceType? purchaseAccountNumber:int? stockAccountNumber:int?
    bpeAccordationEmployeeNumber:long? redeemedVoucherIssuanceId:str? pendingVoucherIssuanceStartTs:dateTime?`,
  SalePromotionLineData: 'salePromotionId:str salePromotionLineId:str description:str? setNumber:int?',
  LineChange: `
    lineId:str? versionNumber:int? employeeNumber:long? articleNumber:long pluNumber:str?
    supplierRelationNumber:long? supplierRelationName:str? supplierArticleNumber:str? lineType:LineType? added:bool?
    removed:bool? data:LineChangeData? textOld:str? textNew:str? translatedTextOld:str? translatedTextNew:str?
    courseNumberOld:int? courseNumberNew:int? menuHashOld:str? menuHashNew:str? menuDescriptionOld:str?
    menuDescriptionNew:str? menuAmountOld:long? menuAmountNew:long? menuSequenceNumberOld:int?
    menuSequenceNumberNew:int? preparationList:LineChangeList?`,
  OrderDeliveryLine: 'lineId:str quantity:long decimalPlaces:int?',
  LineChangeData: `
    quantityOld:long? quantityNew:long? decimalPlacesOld:int? decimalPlacesNew:int? priceOld:long? priceNew:long?
    priceExclOld:long? priceExclNew:long? originalPriceOld:long? originalPriceNew:long? originalPriceExclOld:long?
    originalPriceExclNew:long? purchasePriceOld:long? purchasePriceNew:long? averagePurchasePriceOld:long?
    averagePurchasePriceNew:long? turnoverGroupOld:int? turnoverGroupNew:int? turnoverGroupNameOld:str?
    turnoverGroupNameNew:str? turnoverGroupTypeOld:TurnoverGroupType? turnoverGroupTypeNew:TurnoverGroupType?
    vatCodeOld:int? vatCodeNew:int? vatPercentageOld:int? vatPercentageNew:int? siUnitOld:str? siUnitNew:str?
    discountTypeOld:DiscountType? discountTypeNew:DiscountType? discountPercentageOld:int?
    discountPercentageNew:int? discountAmountOld:long? discountAmountNew:long? discountAmountExclOld:long?
    discountAmountExclNew:long? deliveryDateOld:MDate? deliveryDateNew:MDate? deliveryPeriodBeginOld:MDateTime?
    deliveryPeriodBeginNew:MDateTime? deliveryPeriodEndOld:MDateTime? deliveryPeriodEndNew:MDateTime?
    pointsAmountOld:long? pointsAmountNew:long? pointsAmountExclOld:long? pointsAmountExclNew:long? bpeIdOld:str?
    bpeIdNew:str? bpeDescriptionOld:str? bpeDescriptionNew:str? bpeAmountOld:long? bpeAmountNew:long?
    bpeAmountExclOld:long? bpeAmountExclNew:long? priceInCreditsOld:long? priceInCreditsNew:long?
    totalInclAmountOld:long? totalInclAmountNew:long? totalExclAmountOld:long? totalExclAmountNew:long?`,
} as const;
