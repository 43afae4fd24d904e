/** A pair of spot orders of which one cancels the other. */
export interface OrderList {
  readonly listId: number;
  readonly clientListId: string;
  readonly symbol: string;
  readonly group: string;
  readonly orderIds: string[];
  readonly time: number;
}

/** The order lists of a spot market: the venue's groups under the numbers that Binance gives them. */
export class OrderLists {
  readonly #byGroup = new Map<string, OrderList>();
  #nextId = 1;

  /** Announces a group before its orders are placed. */
  create(list: { readonly symbol: string; readonly clientListId: string; readonly time: number }): OrderList {
    const listId = this.#nextId;
    this.#nextId += 1;
    const created: OrderList = { ...list, listId, group: `list-${listId}`, orderIds: [] };
    this.#byGroup.set(created.group, created);
    return created;
  }

  /** The list could not be placed. */
  drop(list: OrderList): void {
    this.#byGroup.delete(list.group);
  }

  /** The list an order belongs to; it is entered there when it is new. */
  of(order: { readonly orderId: string; readonly ocoGroup?: string | undefined }): OrderList | undefined {
    const list = order.ocoGroup === undefined ? undefined : this.#byGroup.get(order.ocoGroup);
    if (list !== undefined && !list.orderIds.includes(order.orderId)) list.orderIds.push(order.orderId);
    return list;
  }

  find(id: { readonly listId?: number | undefined; readonly clientListId?: string | undefined }): OrderList | undefined {
    return this.all().findLast((list) => (id.listId === undefined ? list.clientListId === id.clientListId : list.listId === id.listId));
  }

  all(): readonly OrderList[] {
    return [...this.#byGroup.values()];
  }
}
