/** Pattern of the message by which the registry says that the catalog has changed. */
export const catalogChangedPattern = 'catalog.changed';

export interface CatalogChanged {
  /** The catalog's revision after the change. */
  revision: number;
}

/** Pattern of the message by which the registry asks every executor to load its catalog again. */
export const catalogReloadPattern = 'catalog.reload';
