/** Which behaviour answers which operation. What is not here is answered like an operation that does not exist. */
import type { Behaviour } from './behaviour.js';
import * as customFields from './custom-fields.js';
import * as fulfilment from './fulfilment-calls.js';
import * as members from './group-members.js';
import * as groups from './groups.js';
import * as invoices from './invoice-calls.js';
import * as masters from './masters.js';
import * as orders from './order-calls.js';
import * as orderReading from './order-reading.js';
import * as slips from './packing-slips.js';
import * as productCalls from './product-calls.js';
import { getProducts } from './products.js';
import * as relations from './relations.js';
import * as stock from './stock-calls.js';

export const behaviours: Readonly<Record<string, Behaviour>> = {
  getApiVersion: masters.getApiVersion,
  getLicenseInformation: masters.getLicenseInformation,
  getCurrentSyncMarkers: masters.getCurrentSyncMarkers,
  getCurrentSyncMarkersV2: masters.getCurrentSyncMarkersV2,
  getBranches: masters.getBranches,
  getVatGroupList: masters.getVatGroupList,
  getTurnoverGroups: masters.getTurnoverGroups,
  getPaymentMethods: masters.getPaymentMethods,
  getPaymentMethodsV2: masters.getPaymentMethodsV2,
  getDeliveryMethods: masters.getDeliveryMethods,
  getDeliveryMethodsV2: masters.getDeliveryMethodsV2,
  getOrderCategories: masters.getOrderCategories,
  getEmployees: masters.getEmployees,
  getCustomFieldLists: customFields.getCustomFieldLists,
  getCardCategories: customFields.getCardCategories,
  getPriceGroupList: masters.getPriceGroupList,
  getSalesPriceList: masters.getSalesPriceList,
  getProducts,
  createProduct: productCalls.createProduct,
  updateProduct: productCalls.updateProduct,
  getArticleGroups: groups.getArticleGroups,
  getArticleGroupChanges: groups.getArticleGroupChanges,
  newArticleGroup: groups.newArticleGroup,
  updateArticleGroup: groups.updateArticleGroup,
  deleteArticleGroup: members.deleteArticleGroup,
  addProductsToArticleGroup: members.addProductsToArticleGroup,
  replaceProductsOfArticleGroup: members.replaceProductsOfArticleGroup,
  deleteProductsFromArticleGroup: members.deleteProductsFromArticleGroup,
  getStock: stock.getStock,
  getStockHistory: stock.getStockHistory,
  getStockHistoryV2: stock.getStockHistoryV2,
  updateStock: stock.updateStock,
  setStock: stock.setStock,
  saveStockCorrections: stock.saveStockCorrections,
  getRelations: relations.getRelations,
  getRelation: relations.getRelation,
  findRelation: relations.findRelation,
  findRelationV2: relations.findRelationV2,
  createRelation: relations.createRelation,
  updateRelation: relations.updateRelation,
  getOrders: orderReading.getOrders,
  getOrder: orderReading.getOrder,
  findOrder: orderReading.findOrder,
  getOrdersByExtOrderIds: orderReading.getOrdersByExtOrderIds,
  createOrder: orders.createOrder,
  createOrderV2: orders.createOrderV2,
  createOrderV3: orders.createOrderV3,
  updateOrder: orders.updateOrder,
  updateOrderV2: orders.updateOrderV2,
  saveOrder: orders.saveOrder,
  cancelOrder: fulfilment.cancelOrder,
  cancelOrderV2: fulfilment.cancelOrderV2,
  payOrder: fulfilment.payOrder,
  payOrderV2: fulfilment.payOrderV2,
  deliverOrder: fulfilment.deliverOrder,
  deliverOrderV2: fulfilment.deliverOrderV2,
  getInvoices: invoices.getInvoices,
  getInvoice: invoices.getInvoice,
  findInvoice: invoices.findInvoice,
  saveInvoice: invoices.saveInvoice,
  payInvoice: invoices.payInvoice,
  creditInvoice: invoices.creditInvoice,
  createInvoiceFromPackingSlips: invoices.createInvoiceFromPackingSlips,
  getPackingSlips: slips.getPackingSlips,
  getPackingSlipsByOrder: slips.getPackingSlipsByOrder,
};

/** Calls that releases of some years ago do not have. */
export const isNewOperation = (operation: string): boolean =>
  /V\d$/.test(operation) || operation.startsWith('process') || operation === 'createInvoiceFromPackingSlips';

/** Calls that are executed once per idempotency key. */
export const takesKey = (operation: string): boolean =>
  ['createOrderV3', 'payOrderV2', 'createInvoiceFromPackingSlips'].includes(operation);
