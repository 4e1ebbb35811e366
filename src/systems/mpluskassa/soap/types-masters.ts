/**
 * Types of service calls and master data, fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const mastersTypes = {
  GetCurrentSyncMarkersV2Request: `
    includeArticleSyncMarker:bool? includeArticleGroupSyncMarker:bool? includeRelationSyncMarker:bool?
    includeEmployeeSyncMarker:bool? includeInvoiceSyncMarker:bool? includeReceiptSyncMarker:bool?
    includeOrderSyncMarker:bool? includeProposalSyncMarker:bool? includeStockId:bool?
    includeTicketCounterSaleSyncMarker:bool? includePurchaseOrderSyncMarker:bool?
    includePurchaseDeliverySyncMarker:bool? includeRelationPointsSyncMarker:bool?
    includeCashDrawerBalancingSyncMarker:bool? includeActivitySyncMarker:bool? includePackingSlipSyncMarker:bool?
    includeDayStockConfigurationSyncMarker:bool? includePreparationMethodGroupSyncMarker:bool?
    includeArticleAlterationsGroupsSyncMarker:bool? includeArticleNutritionalCharacteristicsSyncMarker:bool?
    includeRelationNutritionalCharacteristicsSyncMarker:bool? includeBranchGroupSyncMarker:bool?`,
  BranchList: 'branch:Branch*',
  VatGroup: `
    branchNumber:int? extBranchId:str? countryCode:short? countryIso3:str? vatCode:int vatPercentage:long
    exclAmount:long? vatAmount:long? accountNumber:int?`,
  GetTurnoverGroupsRequest: 'onlyActive:bool?',
  TurnoverGroupList: 'turnoverGroup:TurnoverGroup*',
  PaymentMethodList: 'paymentMethod:PaymentMethod*',
  GetPaymentMethodsRequest: `
    accountNumber:int? paymentMethodTypes:PaymentMethodType* includeBpeConfiguration:bool? includeGiftcardType:bool?`,
  DeliveryMethodList: 'deliveryMethod:DeliveryMethod*',
  GetDeliveryMethodsV2Request: 'onlyEnabled:bool?',
  OrderCategory: `
    orderCategoryNumber:int orderCategoryDescription:str orderCategoryDependencyNumbers:int* allowCancel:bool
    allowProcess:bool`,
  getEmployeesRequest: 'employeeNumbers:long* syncMarker:long? syncMarkerLimit:int?',
  EmployeeList: 'employee:Employee*',
  CustomFieldList: 'customField:CustomField*',
  CardCategoryList: 'cardCategory:CardCategory*',
  PriceGroup: `
    priceGroupNumber:int description:str? priceIncl:long? priceExcl:long? discountPercentage:int? minimumAmount:int?`,
  SalesPrice: `
    salesPriceNumber:int description:str? startDate:MDate? endDate:MDate? priceIncl:long? priceExcl:long?
    discountPercentage:int? minimumAmount:int?`,
  LicensedBranchList: 'licensedBranch:LicensedBranch*',
  Branch: `
    branchNumber:int branchName:str relationNumber:long? abbreviation:str extBranchId:str? isFullSlave:bool?
    priceGroupNumber:int? workplaces:WorkplaceList? countryCode:int countryIso3:str countryName:str`,
  TurnoverGroup: `
    turnoverGroupType:TurnoverGroupType turnoverGroup:int turnoverGroupName:str inclAmount:long? exclAmount:long?
    defaultAccountNumber:int? accountNumber:int? allowPointsDistribution:bool? allowPointsPayment:bool?
    allowDiscount:bool? branchAccountNumberList:BranchAccountNumberList? defaultPurchaseAccountNumber:int?
    purchaseAccountNumber:int? defaultStockAccountNumber:int? stockAccountNumber:int? defaultVatCode:int?
    branchCostCenterNumberList:BranchCostCenterNumberList? defaultTurnoverCostCenterNumber:str?
    turnoverCostCenterNumber:str? defaultPurchaseCostCenterNumber:str? purchaseCostCenterNumber:str?
    defaultStockCostCenterNumber:str? stockCostCenterNumber:str? topupPaymentId:str? quantityPerLabel:int?`,
  PaymentMethod: `
    method:str description:str buttonText:str allowNegativeAmount:bool active:bool? type:PaymentMethodType?
    accountNumber:int? branchAccountNumberList:BranchAccountNumberList? depositPaymentMethod:str?
    hasExternalPaymentWebhook:bool?`,
  DeliveryMethod: 'deliveryMethod:str description:str buttonText:str enabled:bool?',
  Employee: `
    employeeNumber:long? extEmployeeId:str? syncMarker:long? createTimestamp:MDateTime? changeTimestamp:MDateTime?
    name:str? username:str? password:str? birthDate:MDate? phoneWork:str? phoneHome:str? phoneMobile:str? email:str?
    bankAccountNumber:str? bankName:str? rfid:long? extraText:str? active:bool? categoryId:int? category:str?
    categoryIds:CategoryIdSet? personNumber:str? customFieldList:CustomFieldList?`,
  CustomField: `
    fieldName:str dataType:DataType? isRequired:bool? strValue:str? intValue:long? decimalPlaces:int?
    boolValue:bool? dateValue:MDate? dateTimeValue:MDateTime? multiSelectInt:int*`,
  CardCategory: 'categoryId:int name:str isVipGroup:bool isSupplierGroup:bool',
  LicensedBranch: 'branchNumber:int branchName:str? workplaceLimit:int? isGKS:bool?',
  WorkplaceList: 'workplace:Workplace*',
  BranchAccountNumberList: 'branchAccountNumber:BranchAccountNumber*',
  BranchCostCenterNumberList: 'branchCostCenterNumber:BranchCostCenterNumber*',
  CategoryIdSet: 'category:int*',
  Workplace: `
    workplaceNumber:int workplaceName:str isMobile:bool workplaceType:str? isSlave:bool? lastSlaveSync:MDateTime?
    priceGroupNumber:int? extWorkplaceId:str?`,
  BranchAccountNumber: `
    branchNumber:int extBranchId:str? accountNumber:int? purchaseAccountNumber:int? stockAccountNumber:int?`,
  BranchCostCenterNumber: `
    branchNumber:int extBranchId:str? turnoverCostCenterNumber:str? purchaseCostCenterNumber:str?
    stockCostCenterNumber:str?`,
} as const;
