/**
 * Types of products, articles and article groups, fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const productsTypes = {
  GetProductsRequest: `
    articleNumbers:long* groupNumbers:int* pluNumbers:TextList onlyWebshop:bool? onlyActive:bool? syncMarker:long?
    syncMarkerLimit:int? syncMarkerExcludePreparationMethods:bool? changedSinceTimestamp:MDateTime?
    changedSinceBranchNumber:int? includeAllArticlesOfSelectedProducts:bool? productNumbers:long*`,
  ProductList: 'product:Product*',
  Product: `
    productNumber:long? syncMarker:long? description:str? extraText:str? articleList:ArticleList? groupNumbers:int*
    sortOrderGroupList:SortOrderGroupList?`,
  GetArticleGroupsRequest: 'syncMarker:long? syncMarkerLimit:int? groupNumbers:int* retrieveArticleNumbers:bool?',
  ArticleGroupList: 'articleGroups:ArticleGroup*',
  GetArticleGroupChangesRequest: 'syncMarker:long? syncMarkerLimit:int? groupNumbers:int*',
  ChangedArticleGroupList: 'changedArticleGroups:ChangedArticleGroup*',
  NewArticleGroupRequest: 'parentGroupNumber:int name:str text:str sortOrder:int? imageId:long?',
  UpdateArticleGroupRequest: 'groupNumber:int name:str? text:str? sortOrder:int? imageId:long? parentGroupNumber:int?',
  DeleteArticleGroupRequest: 'groupNumber:int',
  AddProductsToArticleGroupRequest: 'groupNumber:int position:int? productNumbers:NumberList',
  ReplaceProductsOfArticleGroupRequest: 'groupNumber:int productNumbers:NumberList',
  DeleteProductsFromArticleGroupRequest: 'groupNumber:int productNumbers:NumberList? removeAll:bool?',
  TextList: 'text:Text*',
  ArticleList: 'article:Article*',
  SortOrderGroupList: 'sortOrderGroup:SortOrderGroup*',
  ArticleGroup: `
    groupNumber:int syncMarker:long? name:str text:str subGroupList:ArticleGroupList sortOrder:int
    productNumbers:NumberList? image:Image? articleNumbers:NumberList? isDeleted:bool?`,
  ChangedArticleGroup: `
    groupNumber:int parentGroupNumber:int? syncMarker:long? name:str text:str subGroupNumbers:NumberList?
    sortOrder:int productNumbers:NumberList? image:Image? isDeleted:bool?`,
  NumberList: 'number:long*',
  Text: 'text:str',
  Article: `
    articleNumber:long? extArticleId:str? pluNumber:str? syncMarker:long? changeTimestamp:MDateTime?
    createTimestamp:MDateTime? active:bool? description:str? colour:str? colourSequenceNumber:int? size:str?
    sizeSequenceNumber:int? invoiceText:str? receiptText:str? displayText:str? barcode:str? barcodeDate:MDate?
    contentUnit:str? contentQuantity:long? contentQuantityDecimalPlaces:int? brandName:str? extraText:str?
    turnoverGroup:int? vatCode:int? vatPercentage:int? vatCodeAlternative:int? vatPercentageAlternative:int?
    averagePurchasePrice:long? purchasePrice:long? priceIncl:long? priceExcl:long? siUnit:str? unit:str?
    orderQuantityValue:long? orderQuantityDecimalPlaces:int? supplierRelationNumber:long? supplierRelationName:str?
    supplierArticleNumber:str? webshop:bool? categoryId:int? categoryIds:CategoryIdSet? stockArticle:bool?
    articleDiscountGroupNumber:int? articleDiscountGroupName:str? specialPrice:ArticleSpecialPrice?
    showPreparationMethodsDirectly:bool? showPreparationMethodsPerGroup:bool? exchangeRateBuyPrice:long?
    exchangeRateBuyPriceDecimalPlaces:int? exchangeRateSellPrice:long? exchangeRateSellPriceDecimalPlaces:int?
    exchangeRateMultiplier:int? imageList:ImageList? customFieldList:CustomFieldList? salesPriceList:SalesPriceList?
    priceGroupList:PriceGroupList? componentArticleList:ComponentArticleList? linkedArticleList:LinkedArticleList?
    barcodeList:BarcodeList? relationArticleDiscountList:RelationArticleDiscountList? askFor:ArticleAskFor?
    discontinued:bool? stockSiUnit:str? specialBehaviour:SpecialBehaviour? ageCheckMinimumAge:int?
    oldestBestBeforeDate:date? shelfLifeInDays:int? shelfLifeInHours:int? priceDeviationMin:dec?
    priceDeviationMax:dec? availableForInterbranchOrdering:bool?`,
  SortOrderGroup: 'groupNumber:int sortOrder:int',
  Image: `
    imageId:long imageName:str imageHash:str imagePath:str imageUrl:str imageData:base64
    imageDataResult:LoadFileResult thumbHash:str thumbPath:str thumbUrl:str thumbData:base64
    thumbDataResult:LoadFileResult imageWidth:int imageHeight:int thumbWidth:int thumbHeight:int
    createdTimestamp:MDateTime changedTimestamp:MDateTime`,
  ImageList: 'image:Image*',
  SalesPriceList: 'salesPrice:SalesPrice*',
  PriceGroupList: 'priceGroup:PriceGroup*',
  ComponentArticleList: 'componentArticle:ComponentArticle*',
  LinkedArticleList: 'linkedArticle:LinkedArticle*',
  BarcodeList: 'barcode:Barcode*',
  RelationArticleDiscountList: 'relationArticleDiscount:RelationArticleDiscount*',
  ComponentArticle: `
    articleNumber:long? quantity:long? decimalPlaces:int? description:str? invoiceText:str? receiptText:str?
    displayText:str? barcode:str? barcodeDate:MDate? contentUnit:str? contentQuantity:long?
    contentQuantityDecimalPlaces:int? turnoverGroup:int? vatCode:int? vatPercentage:int? vatCodeAlternative:int?
    vatPercentageAlternative:int? purchasePrice:long? priceIncl:long? priceExcl:long?
    linkedArticleList:LinkedArticleList?`,
  LinkedArticle: 'articleNumber:long quantity:long decimalPlaces:int?',
  Barcode: `
    barcodeId:long? description:str? barcode:str? barcodeDate:MDate? quantity:long? decimalPlaces:int?
    contentUnit:str? contentQuantity:long? contentQuantityDecimalPlaces:int? purchasePrice:long? priceIncl:long?
    priceExcl:long? isCurrent:bool?`,
  RelationArticleDiscount: `
    relationArticleDiscountId:long? relationNumber:long? articleNumber:long? articleDiscountGroupNumber:int?
    minimumAmount:long? minimumAmountDecimalPlaces:int? discountPercentage:int? priceIncl:long? priceExcl:long?`,
} as const;
