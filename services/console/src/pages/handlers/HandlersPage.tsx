import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ActionButton } from '../../components/ActionButton.tsx';
import { NothingFound } from '../../components/NothingFound.tsx';
import { PlusIcon } from '../../components/icons.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Pager } from '../../components/Pager.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { FirstSteps } from '../first-steps/FirstSteps.tsx';
import { AdvancedSearch } from './AdvancedSearch.tsx';
import { areAnOrder, sortOf, type HandlerFilters } from './handler-filters.ts';
import { handlerListQuery } from './handler-list.ts';
import { HandlerSearch } from './HandlerSearch.tsx';
import { HandlerTable } from './HandlerTable.tsx';
import { useHandlerDialog } from './form/use-handler-dialog.tsx';
import { useOrderSave } from './order/save-order.ts';

const route = getRouteApi('/handlers');

/** The list of handlers. */
export function HandlersPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(handlerListQuery(filters));
  /** The results change, so the page number starts again. */
  const narrow = (change: HandlerFilters): void =>
    void navigate({ search: { ...filters, page: undefined, ...change } });
  const { event, type, status, q } = filters;
  const { open, dialog } = useHandlerDialog();
  const save = useOrderSave(handlerListQuery(filters).queryKey);
  /** Handlers that are not in the new order come after it, so only the first page can be ordered. */
  const isOrder = areAnOrder(filters) && filters.page === undefined;
  const isNarrowed = [event, type, status, q].some((filter) => filter !== undefined);
  return (
    <>
      <PageHeader
        title="Handlers"
        description={
          isOrder
            ? 'Handlers run from top to bottom. Drag a row by its handle to change the order.'
            : 'Scripts and HTTP calls that run when events happen. For each event, the lowest priority runs first.'
        }
        actions={
          <>
            <AdvancedSearch key={JSON.stringify([event, type, status])} filters={filters} onSearch={narrow} />
            <ActionButton
              needs="admin"
              leftSection={<PlusIcon size={16} />}
              onClick={() => open({ kind: 'new', event })}
            >
              New Handler
            </ActionButton>
          </>
        }
      />
      {/* The key resets it when the address changes by other means, such as going back. */}
      <HandlerSearch key={JSON.stringify([event, type, status, q])} filters={filters} onChange={narrow} />
      {error && <ProblemAlert title="Failed to load the handlers" problem={error} onRetry={() => void refetch()} />}
      {!error && (
        <HandlerTable
          handlers={data?.items}
          sort={sortOf(filters)}
          isOneEvent={event !== undefined}
          onSort={(sort) => narrow({ sort })}
          isStale={isPlaceholderData}
          onOpen={open}
          onOrder={
            isOrder && event !== undefined && !isPlaceholderData ? (ids) => save.mutate({ event, ids }) : undefined
          }
          empty={
            isNarrowed ? (
              <NothingFound title="No handlers match your filters" onReset={() => void navigate({ search: {} })}>
                Archived handlers appear only with the status Archived in Advanced Search.
              </NothingFound>
            ) : (
              <FirstSteps isAlone />
            )
          }
        />
      )}
      {data && !error && (
        <Pager
          {...data}
          onPage={(page) => void navigate({ search: { ...filters, page: page > 1 ? page : undefined } })}
        />
      )}
      {dialog}
    </>
  );
}
