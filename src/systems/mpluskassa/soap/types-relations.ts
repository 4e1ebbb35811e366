/**
 * Types of relations (customers, suppliers), fields in the vendor's order. Notation: see schema.ts.
 * Structures that the hub has no use for are left out; readers ignore unknown elements and every one of them is optional.
 */
export const relationsTypes = {
  GetRelationsRequest: 'relationNumbers:long* categoryId:int? syncMarker:long? syncMarkerLimit:int?',
  RelationList: 'relation:Relation*',
  Relation: `
    relationNumber:long? extRelationId:str? syncMarker:long? createTimestamp:MDateTime? changeTimestamp:MDateTime?
    active:bool? name:str? address:str? zipcode:str? city:str? country:str? deliveryAddress:str?
    deliveryZipcode:str? deliveryCity:str? deliveryCountry:str? contact:str? telephone:str? mobile:str? email:str?
    website:str? birthDate:MDate? relationCode:str? points:int? balance:long? priceGroupNumber:int?
    discountPercentage:int? categoryId:int? categoryIds:CategoryIdSet? cardNumber:str? bankAccountNumber:str?
    creditLimit:long? paymentWithinDays:int? vatNumber:str? commerceNumber:str? extraText:str?
    defaultVatMethod:VatMethod? neverPrintOrEmailReceipt:bool? alwaysPrintReceipt:bool?
    alwaysPrintLargeFormatReceipt:bool? alwaysEmailReceipt:bool? condenseCombinedInvoice:bool? imageList:ImageList?
    customFieldList:CustomFieldList? contactList:RelationList?
    relationArticleDiscountList:RelationArticleDiscountList? companyName:str? branchesNonPurchasable:int*
    cardNumbers:str* invoiceCredit:dec? accountBalance:dec? salePromotionIds:IdList? directDebit:bool?
    reminderEmail:str? canEarnPoints:bool? canRedeemPoints:bool? cantRedeemPointsReason:str?`,
  FindRelationV2Request: 'relation:Relation exactMatch:bool?',
  IdList: 'id:str*',
} as const;
