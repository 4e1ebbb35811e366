/**
 * The calls that are spoken: parameters of the request => name of the element that answers, fields of the answer. The names
 * of the answering elements are irregular and matter: some keep a small first letter and some are shared. Fields: schema.ts.
 */
export const operationTable = {
  getApiVersion: `
    => getApiVersionResponse majorNumber:int minorNumber:int revisionNumber:int databaseMajorNumber:int?
    databaseMinorNumber:int? databaseRevisionNumber:int? serviceMajorNumber:int? serviceMinorNumber:int?
    serviceRevisionNumber:int? serviceBuildNumber:int? serviceDate:MDate? serviceDateTime:MDateTime?
    serviceProcessId:int? serviceHostname:str? serviceIpAddresses:str* serviceMinWorkerThreads:int?
    serviceMaxWorkerThreads:int? serverMajorNumber:int? serverMinorNumber:int? serverRevisionNumber:int?
    serverDate:MDate? serverDateTime:MDateTime? inDebugMode:bool isSlaveApi:bool? slaveApiType:SlaveApiType?
    slaveBranchNumber:int? slaveWorkplaceNumber:int? serviceVersionDisplayString:str?`,
  getCurrentSyncMarkers: `
    => getCurrentSyncMarkersResponse articleSyncMarker:long articleGroupSyncMarker:long? relationSyncMarker:long
    employeeSyncMarker:long invoiceSyncMarker:long receiptSyncMarker:long orderSyncMarker:long
    proposalSyncMarker:long? stockId:long? ticketCounterSaleSyncMarker:long? purchaseOrderSyncMarker:long?
    purchaseDeliverySyncMarker:long? relationPointsSyncMarker:long? cashDrawerBalancingSyncMarker:long?
    activitySyncMarker:long? packingSlipSyncMarker:long? dayStockConfigurationSyncMarker:long?`,
  getCurrentSyncMarkersV2: `
    request:GetCurrentSyncMarkersV2Request => GetCurrentSyncMarkersV2Response articleSyncMarker:long?
    articleGroupSyncMarker:long? relationSyncMarker:long? employeeSyncMarker:long? invoiceSyncMarker:long?
    receiptSyncMarker:long? orderSyncMarker:long? proposalSyncMarker:long? stockId:long?
    ticketCounterSaleSyncMarker:long? purchaseOrderSyncMarker:long? purchaseDeliverySyncMarker:long?
    relationPointsSyncMarker:long? cashDrawerBalancingSyncMarker:long? activitySyncMarker:long?
    packingSlipSyncMarker:long? dayStockConfigurationSyncMarker:long? preparationMethodGroupSyncMarker:long?
    articleAlterationsGroupsSyncMarker:long? articleNutritionalCharacteristicsSyncMarker:long?
    relationNutritionalCharacteristicsSyncMarker:long? branchGroupSyncMarker:long?`,
  getBranches: '=> getBranchesResponse branches:BranchList',
  getVatGroupList: '=> getVatGroupListResponse vatGroup:VatGroup*',
  getTurnoverGroups: `
    request:GetTurnoverGroupsRequest => GetTurnoverGroupsResponse turnoverGroupList:TurnoverGroupList`,
  getPaymentMethods: '=> GetPaymentMethodsResponse paymentMethodList:PaymentMethodList',
  getPaymentMethodsV2: `
    request:GetPaymentMethodsRequest => GetPaymentMethodsResponse paymentMethodList:PaymentMethodList`,
  getDeliveryMethods: '=> GetDeliveryMethodsResponse deliveryMethodList:DeliveryMethodList',
  getDeliveryMethodsV2: `
    request:GetDeliveryMethodsV2Request => GetDeliveryMethodsV2Response deliveryMethodList:DeliveryMethodList`,
  getOrderCategories: '=> GetOrderCategoriesResponse orderCategory:OrderCategory*',
  getEmployees: 'request:getEmployeesRequest? => GetEmployeesResponse employeeList:EmployeeList',
  getCustomFieldLists: `
    => GetCustomFieldListsResponse articleCustomFieldList:CustomFieldList? employeeCustomFieldList:CustomFieldList?
    relationCustomFieldList:CustomFieldList?`,
  getCardCategories: `
    => GetCardCategoriesResponse articleCardCategoryList:CardCategoryList?
    employeeCardCategoryList:CardCategoryList? relationCardCategoryList:CardCategoryList?`,
  getPriceGroupList: '=> getPriceGroupListResponse priceGroup:PriceGroup*',
  getSalesPriceList: '=> getSalesPriceListResponse salesPrice:SalesPrice*',
  getLicenseInformation: `
    => GetLicenseInformationResponse obscuredLicenseKey:str? companyName:str? city:str?
    licensedBranches:LicensedBranchList?`,
  getProducts: 'request:GetProductsRequest => GetProductsResponse productList:ProductList',
  createProduct: `
    product:Product => CreateProductResponse result:CreateProductResult productNumber:long articleNumbers:long*
    changeTimestamp:MDateTime? syncMarker:long? errorMessage:str`,
  updateProduct: `
    product:Product => UpdateProductResponse result:UpdateProductResult existingArticleNumbers:long*
    newArticleNumbers:long* changeTimestamp:MDateTime? syncMarker:long? errorMessage:str`,
  getArticleGroups: 'request:GetArticleGroupsRequest => GetArticleGroupsResponse articleGroupList:ArticleGroupList',
  getArticleGroupChanges: `
    request:GetArticleGroupChangesRequest => GetArticleGroupChangesResponse
    changedArticleGroupList:ChangedArticleGroupList`,
  newArticleGroup: `
    request:NewArticleGroupRequest => NewArticleGroupResponse result:NewArticleGroupResult groupNumber:int`,
  updateArticleGroup: 'request:UpdateArticleGroupRequest => UpdateArticleGroupResponse result:UpdateArticleGroupResult',
  deleteArticleGroup: 'request:DeleteArticleGroupRequest => DeleteArticleGroupResponse result:DeleteArticleGroupResult',
  addProductsToArticleGroup: `
    request:AddProductsToArticleGroupRequest => AddProductsToArticleGroupResponse
    result:AddProductsToArticleGroupResult`,
  replaceProductsOfArticleGroup: `
    request:ReplaceProductsOfArticleGroupRequest => ReplaceProductsOfArticleGroupResponse
    result:ReplaceProductsOfArticleGroupResult`,
  deleteProductsFromArticleGroup: `
    request:DeleteProductsFromArticleGroupRequest => DeleteProductsFromArticleGroupResponse
    result:DeleteProductsFromArticleGroupResult`,
  getStock: 'request:GetStockRequest => GetStockResponse articleStocks:ArticleStock*',
  getStockHistory: 'request:GetStockHistoryRequest => GetStockHistoryResponse articleStockHistory:ArticleStockHistory*',
  getStockHistoryV2: `
    request:GetStockHistoryV2Request => GetStockHistoryResponse articleStockHistory:ArticleStockHistory*`,
  updateStock: 'request:UpdateStockRequest => UpdateStockResponse result:UpdateStockResult stockId:long?',
  setStock: 'request:SetStockRequest => SetStockResponse result:SetStockResult stockId:long?',
  saveStockCorrections: `
    request:SaveStockCorrectionsRequest => SaveStockCorrectionsResponse result:SaveStockCorrectionsResult
    stockId:long? failedArticleNumber:long?`,
  getRelations: 'request:GetRelationsRequest? => GetRelationsResponse relationList:RelationList',
  getRelation: 'relationNumber:long => GetRelationResponse result:GetRelationResult relation:Relation',
  findRelation: 'relation:Relation? => FindRelationResponse result:FindRelationResult relation:Relation?',
  findRelationV2: `
    request:FindRelationV2Request => FindRelationV2Response result:FindRelationResult relation:Relation?`,
  createRelation: `
    relation:Relation? => CreateRelationResponse result:CreateRelationResult relationNumber:long
    changeTimestamp:MDateTime? syncMarker:long? errorMessage:str`,
  updateRelation: `
    relation:Relation? => UpdateRelationResponse result:UpdateRelationResult errorMessage:str
    changeTimestamp:MDateTime? syncMarker:long?`,
  getOrders: 'request:GetOrdersRequest => GetOrdersResponse orderList:OrderList',
  getOrder: 'orderId:str => GetOrderResponse result:GetOrderResult order:Order?',
  findOrder: 'extOrderId:str => GetOrderResponse result:GetOrderResult order:Order?',
  getOrdersByExtOrderIds: 'request:GetOrdersByExtOrderIdsRequest => GetOrdersByExtOrderIdsResponse orderList:OrderList',
  getOrderChanges: 'request:GetOrderChangesRequest => GetOrderChangesResponse orderChangeList:OrderChangeList',
  createOrder: 'order:Order? => CreateOrderResponse result:CreateOrderResult info:CreateOrderInfo errorMessage:str',
  createOrderV2: `
    request:CreateOrderV2Request => CreateOrderV2Response result:CreateOrderResult order:Order? errorMessage:str?
    info:CreateOrderInfo`,
  createOrderV3: `
    request:CreateOrderV3Request => CreateOrderV3Response idempotencyResult:IdempotencyResult
    result:CreateOrderResult order:Order? errorMessage:str? info:CreateOrderInfo payResult:PayOrderResult?
    invoiceId:str?`,
  updateOrder: 'order:Order? => UpdateOrderResponse result:UpdateOrderResult info:UpdateOrderInfo errorMessage:str',
  updateOrderV2: `
    request:UpdateOrderV2Request => UpdateOrderV2Response result:UpdateOrderResult order:Order? errorMessage:str?
    info:UpdateOrderInfo`,
  saveOrder: 'order:Order? => SaveOrderResponse result:SaveOrderResult info:SaveOrderInfo errorMessage:str',
  cancelOrder: 'orderId:str request:CancelOrderRequest? => CancelOrderResponse result:CancelOrderResult message:str',
  cancelOrderV2: 'request:CancelOrderV2Request => CancelOrderResponse result:CancelOrderResult message:str',
  payOrder: 'request:PayOrderRequest => PayOrderResponse result:PayOrderResult invoiceId:str? errorMessage:str',
  payOrderV2: `
    request:PayOrderV2Request => PayOrderV2Response idempotencyResult:IdempotencyResult result:PayOrderResult
    invoiceId:str? errorMessage:str`,
  deliverOrder: `
    request:DeliverOrderRequest => DeliverOrderResponse result:DeliverOrderResult packingSlipId:str? invoiceId:str?
    errorMessage:str`,
  deliverOrderV2: `
    request:DeliverOrderV2Request => DeliverOrderV2Response result:DeliverOrderV2Result packingSlipId:str?
    invoiceId:str? errorMessage:str?`,
  getInvoices: 'request:GetInvoicesRequest => GetInvoicesResponse invoiceList:InvoiceList',
  getInvoice: 'invoiceId:str => GetInvoiceResponse result:GetInvoiceResult invoice:Invoice?',
  findInvoice: 'extInvoiceId:str => GetInvoiceResponse result:GetInvoiceResult invoice:Invoice?',
  saveInvoice: 'invoice:Invoice => SaveInvoiceResponse result:SaveInvoiceResult info:SaveInvoiceInfo errorMessage:str',
  payInvoice: 'request:PayInvoiceRequest => PayInvoiceResponse result:PayInvoiceResult errorMessage:str',
  creditInvoice: 'invoiceId:str => CreditInvoiceResponse result:CreditInvoiceResult message:str',
  getPackingSlips: 'request:GetPackingSlipsRequest => GetPackingSlipsResponse packingSlipList:PackingSlipList',
  getPackingSlipsByOrder: `
    request:GetPackingSlipsByOrderRequest => GetPackingSlipsByOrderResponse packingSlipList:PackingSlipList`,
  createInvoiceFromPackingSlips: `
    request:CreateInvoiceFromPackingSlipsRequest => CreateInvoiceFromPackingSlipsResponse
    idempotencyResult:IdempotencyResult result:CreateInvoiceFromPackingSlipsResponseResult invoiceId:str?`,
} as const;

export type OperationName = keyof typeof operationTable;
