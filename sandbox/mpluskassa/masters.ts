/** The small lists that a shop's back office keeps: branches, VAT, payment and delivery methods, employees. */
import type { Document } from '../../src/base/document.js';
import { ratesIn, shownRate } from './amounts.js';
import { markerQuery, oneOf, pageOf } from './paging.js';
import { listIn, objectIn } from './records.js';
import type { Shop } from './shop.js';

export interface BranchMaster {
  readonly branchNumber: number;
  readonly branchName: string;
  readonly abbreviation: string;
  readonly countryCode: number;
  readonly countryIso3: string;
  readonly countryName: string;
  readonly workplaces: readonly number[];
}

export const branches: readonly BranchMaster[] = [
  {
    branchNumber: 1,
    branchName: 'Gent Veldstraat',
    abbreviation: 'GNT',
    countryCode: 56,
    countryIso3: 'BEL',
    countryName: 'België',
    workplaces: [1, 2, 90],
  },
  {
    branchNumber: 2,
    branchName: 'Rotterdam Coolsingel',
    abbreviation: 'RTM',
    countryCode: 528,
    countryIso3: 'NLD',
    countryName: 'Nederland',
    workplaces: [1, 2],
  },
  {
    branchNumber: 3,
    branchName: 'Lille Béthune & Cie',
    abbreviation: 'LIL',
    countryCode: 250,
    countryIso3: 'FRA',
    countryName: 'France',
    workplaces: [1],
  },
];

export const branchOf = (number: number): BranchMaster | undefined =>
  branches.find((branch) => branch.branchNumber === number);

export const getBranches = (): Document => ({
  branches: branches.map(({ workplaces, ...branch }) => ({
    ...branch,
    extBranchId: `F${branch.branchNumber}`,
    isFullSlave: false,
    workplaces: workplaces.map((workplaceNumber) => ({
      workplaceNumber,
      workplaceName: workplaceNumber === 90 ? 'Webshop' : `Kassa ${workplaceNumber}`,
      isMobile: false,
      isSlave: false,
    })),
  })),
});

export const getVatGroupList = (): Document => ({
  vatGroup: branches.flatMap((branch) =>
    Object.entries(ratesIn(branch.countryIso3)).map(([vatCode, rate]) => ({
      branchNumber: branch.branchNumber,
      extBranchId: `F${branch.branchNumber}`,
      countryCode: branch.countryCode,
      countryIso3: branch.countryIso3,
      vatCode: Number(vatCode),
      vatPercentage: String(shownRate(rate)),
      accountNumber: 1500 + Number(vatCode),
    })),
  ),
});

export const turnoverGroups: Readonly<Record<number, string>> = {
  100: 'Kleding',
  110: 'Schoenen',
  200: 'Wonen',
  300: 'Boeken & papier',
  400: 'Voeding',
  500: 'Speelgoed',
  900: 'Verzendkosten',
  910: 'Afronding',
  920: 'Statiegeld',
  930: 'Cadeaubonnen',
};

/** What is no turnover. */
export const turnoverGroupTypeOf = (group: number): string =>
  `TURNOVER-GROUP-TYPE-${group === 920 ? 'REFUNDABLE-DEPOSIT' : 'TURNOVER'}`;

export const getTurnoverGroups = (): Document => ({
  turnoverGroupList: Object.entries(turnoverGroups).map(([number, turnoverGroupName]) => ({
    turnoverGroupType: turnoverGroupTypeOf(Number(number)),
    turnoverGroup: Number(number),
    turnoverGroupName,
    defaultAccountNumber: 8000 + Number(number),
  })),
});

export const paymentMethods: readonly Document[] = [
  ['CONTANT', 'Contant', 'PAYMENT-METHOD-TYPE-PAYMENT', 1000],
  ['PIN', 'Pin / Bancontact', 'PAYMENT-METHOD-TYPE-EFT', 1010],
  ['IDEAL', 'iDEAL', 'PAYMENT-METHOD-TYPE-PAYMENT', 1020],
  ['CARD', 'Carte bancaire', 'PAYMENT-METHOD-TYPE-EFT', 1030],
  ['OP-REKENING', 'Op rekening', 'PAYMENT-METHOD-TYPE-SUSPENSE', 1300],
  ['ONLINE', 'Online betaald', 'PAYMENT-METHOD-TYPE-PAYMENT', 1050],
  ['BON', 'Cadeaubon', 'PAYMENT-METHOD-TYPE-VOUCHER-BPE', 1040],
  ['CHEQUE', 'Cheque', 'PAYMENT-METHOD-TYPE-PAYMENT', 1060],
].map(([method = '', description = '', type = '', accountNumber = 0]) => ({
  method,
  description,
  buttonText: description,
  allowNegativeAmount: method !== 'BON',
  active: method !== 'CHEQUE',
  type,
  accountNumber,
}));

export const getPaymentMethods = (): Document => ({ paymentMethodList: paymentMethods });

export const getPaymentMethodsV2 = (_: Shop, body: Document): Document => {
  const types = listIn(objectIn(body, 'request'), 'paymentMethodTypes');
  return { paymentMethodList: paymentMethods.filter((method) => oneOf(types, method['type'])) };
};

export const deliveryMethods: readonly Document[] = [
  { deliveryMethod: 'AFHALEN', description: 'Afhalen in de winkel', buttonText: 'Afhalen', enabled: true },
  { deliveryMethod: 'POST', description: 'Verzenden per post', buttonText: 'Post', enabled: true },
  { deliveryMethod: 'KOERIER', description: 'Koerier / coursier', buttonText: 'Koerier', enabled: true },
  { deliveryMethod: 'FIETS', description: 'Fietskoerier Gent', buttonText: 'Fiets', enabled: false },
];

export const getDeliveryMethods = (): Document => ({ deliveryMethodList: deliveryMethods });

export const getDeliveryMethodsV2 = (_: Shop, body: Document): Document => ({
  deliveryMethodList:
    objectIn(body, 'request')['onlyEnabled'] === true
      ? deliveryMethods.filter((method) => method['enabled'] === true)
      : deliveryMethods,
});

export const getOrderCategories = (): Document => ({
  orderCategory: [
    {
      orderCategoryNumber: 1,
      orderCategoryDescription: 'Webshop',
      orderCategoryDependencyNumbers: [],
      allowCancel: true,
      allowProcess: true,
    },
    {
      orderCategoryNumber: 2,
      orderCategoryDescription: 'Winkel',
      orderCategoryDependencyNumbers: [],
      allowCancel: true,
      allowProcess: true,
    },
  ],
});

export const getEmployees = (shop: Shop, body: Document): Document => {
  const request = objectIn(body, 'request');
  const numbers = listIn(request, 'employeeNumbers');
  const matches = (row: Document): boolean => oneOf(numbers, row['employeeNumber']);
  return { employeeList: pageOf(shop, shop.employees, shop.byMarker.employees, markerQuery(request), matches) };
};

export const getPriceGroupList = (): Document => ({
  priceGroup: [
    { priceGroupNumber: 1, description: 'Winkelprijs' },
    { priceGroupNumber: 2, description: 'Groothandel', discountPercentage: 10 },
  ],
});

export const getSalesPriceList = (): Document => ({
  salesPrice: [{ salesPriceNumber: 1, description: 'Solden', startDate: '2026-01-03', endDate: '2026-01-31' }],
});

export const getLicenseInformation = (shop: Shop): Document => ({
  obscuredLicenseKey: `XXXX-XXXX-${String(shop.store.settings.seed).padStart(4, '0')}`,
  companyName: 'De Kleine Koopman & Zonen',
  city: 'Gent',
  licensedBranches: branches.map(({ branchNumber, branchName }) => ({
    branchNumber,
    branchName,
    workplaceLimit: 5,
    isGKS: false,
  })),
});

export const getApiVersion = (shop: Shop): Document => {
  const major = shop.isOn('oldRelease') ? 8 : 67;
  return {
    majorNumber: 1,
    minorNumber: 0,
    revisionNumber: 0,
    serviceMajorNumber: major,
    serviceMinorNumber: major === 8 ? 0 : 1,
    serviceRevisionNumber: major === 8 ? 15 : 3,
    serviceDateTime: shop.now(),
    inDebugMode: false,
    isSlaveApi: false,
  };
};

const currentMarkers = (shop: Shop): Record<string, string> => ({
  articleSyncMarker: String(shop.current('article')),
  articleGroupSyncMarker: String(shop.current('articleGroup')),
  relationSyncMarker: String(shop.current('relation')),
  employeeSyncMarker: String(shop.current('employee')),
  invoiceSyncMarker: String(shop.current('invoice')),
  receiptSyncMarker: '0',
  orderSyncMarker: String(shop.current('order')),
  proposalSyncMarker: '0',
  stockId: String(shop.current('stock')),
  packingSlipSyncMarker: String(shop.current('packingSlip')),
});

export const getCurrentSyncMarkers = (shop: Shop): Document => currentMarkers(shop);

/** Only the markers that were asked for. */
export const getCurrentSyncMarkersV2 = (shop: Shop, body: Document): Document => {
  const request = objectIn(body, 'request');
  const asked = (name: string): boolean => request[`include${name.charAt(0).toUpperCase()}${name.slice(1)}`] === true;
  return Object.fromEntries(Object.entries(currentMarkers(shop)).filter(([name]) => asked(name)));
};
