// Generated from the code by `npm run docs`; a test fails when it is out of date.

export interface paths {
    "/api/v1/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The revision of the catalog, the revision that each running executor uses, and the indexed fields */
        get: operations["getCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalog/reload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask every executor to load the catalog again */
        post: operations["reloadCatalog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Running executors, with their revision and partitions */
        get: operations["listExecutors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys, the newest first, including revoked and expired ones */
        get: operations["listApiKeys"];
        put?: never;
        /** Create an API key; it is shown once */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key and end its sessions
         * @description The last valid key of an admin cannot be revoked (409).
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in caller, with name and role */
        get: operations["getSession"];
        put?: never;
        /**
         * Sign in: exchange an API key for a cookie
         * @description For browsers. The session ends after one hour without requests, after twelve hours, or when its key is revoked. The registry accepts its changes only from pages of this host.
         */
        post: operations["signIn"];
        /** Sign out; does nothing without a session */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find handlers */
        get: operations["listHandlers"];
        put?: never;
        /** Create a handler */
        post: operations["createHandler"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the order in which the handlers of an event run, in one change */
        put: operations["orderHandlers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A handler */
        get: operations["getHandler"];
        put?: never;
        post?: never;
        /** Archive a handler */
        delete: operations["archiveHandler"];
        options?: never;
        head?: never;
        /** Change a handler; fields that are left out stay unchanged */
        patch: operations["patchHandler"];
        trace?: never;
    };
    "/api/v1/handlers/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The request of a handler that is not saved, and what its rules make of an answer; sends nothing */
        post: operations["previewDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The request that this handler would send, for a sample or for your event; sends nothing
         * @description Secrets and the values of redacted fields are `***`.
         */
        post: operations["previewHandler"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/set": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export all targets, and all handlers that are not archived, as a set that can be imported */
        get: operations["getHandlerSet"];
        /** Import a set of handlers and targets in one change, or change nothing */
        put: operations["applyHandlerSet"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/set/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview the changes of a set; changes nothing */
        post: operations["previewHandlerSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run only this handler, on a sample or on your event, and get the result
         * @description An executor calls the handler once. The journal marks the attempt as a test. A disabled handler can be tested; an archived one gets 409.
         */
        post: operations["testHandler"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/signing-secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a secret that signs the calls of an HTTP handler; it is shown once
         * @description Calls then carry `webhook-signature` (Standard Webhooks). A further secret replaces the earlier one, which also signs until the overlap ends.
         */
        post: operations["makeSigningSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/signing-secrets/{secretId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a signing secret at once
         * @description Without a secret, calls are not signed.
         */
        delete: operations["revokeSigningSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find targets */
        get: operations["listTargets"];
        put?: never;
        /** Create a target */
        post: operations["createTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A target */
        get: operations["getTarget"];
        put?: never;
        post?: never;
        /** Delete a target that no handler uses, archived ones not counted */
        delete: operations["deleteTarget"];
        options?: never;
        head?: never;
        /** Change a target; fields that are left out stay unchanged */
        patch: operations["patchTarget"];
        trace?: never;
    };
    "/api/v1/targets/{id}/probe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call a target now, for the key that has waited longest */
        post: operations["probeTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/extract-target": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a target of a handler's URL, headers and certificates, in one change */
        post: operations["extractTarget"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held, and the windows that begin within 8 days */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/holds/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The number of events that a hold would delay; holds nothing */
        post: operations["forecastHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hold a handler: it is not called, and its events wait in order */
        put: operations["holdHandler"];
        post?: never;
        /** Release a handler; does nothing when it is not held */
        delete: operations["releaseHandler"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/targets/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hold a target: no handler calls it, and their events wait in order */
        put: operations["holdTarget"];
        post?: never;
        /** Release a target; does nothing when it is not held */
        delete: operations["releaseTarget"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events, the newest first */
        get: operations["listEvents"];
        put?: never;
        /** Publish an event, as the billing system does */
        post: operations["publishEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The handlers that an event would run, in order, and those that it would not, with the reason; runs nothing
         * @description With `resume`: which handlers a resume of this event would run, as they are now.
         */
        post: operations["planEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Event types, with schema and sample */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Troubles that go on, and the notices, the newest first */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An event, its data, and its executions with all attempts */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The execution log, the newest first */
        get: operations["listExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rejected messages, the newest first */
        get: operations["listRejected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rejected/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rejected message */
        get: operations["getRejected"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rejected/{id}/body": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The body of a rejected message, byte for byte; redacted fields are masked */
        get: operations["getRejectedBody"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays, resumes, retries and skips, the newest first */
        get: operations["listOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An operation, with its progress */
        get: operations["getOperation"];
        put?: never;
        post?: never;
        /**
         * Cancel the part of an operation that has not begun
         * @description Calls in flight continue. An operation that has ended stays unchanged.
         */
        delete: operations["cancelOperation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Waiting keys, the longest waiting first */
        get: operations["listDeferrals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The number of waiting keys and events; changes nothing */
        post: operations["previewDeferrals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry all waiting keys that match now, the longest waiting first */
        post: operations["retryDeferrals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Skip the executions that the matching keys wait for; each counts as failed */
        post: operations["skipDeferrals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals/{key}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry a waiting key now, also while its circuit breaker is open */
        post: operations["retryDeferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deferrals/{key}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Skip the execution that a key waits for; it counts as failed */
        post: operations["skipDeferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Failures, the newest first; without `state`, open failures */
        get: operations["listFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Failures by handler and reason, the largest group first */
        get: operations["listFailureGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/settle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Settle open failures: the work was done by hand, or is not needed */
        post: operations["settleFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen failures that a person has settled */
        post: operations["reopenFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assign open failures to a person, or remove the assignee */
        post: operations["assignFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume failed events where they stopped, with the same execution ids
         * @description Each event runs in the order of its key. Handlers that succeeded do not run again.
         */
        post: operations["resumeFailures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/failures/resume/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The number of failures, events and keys that a resume would affect; resumes nothing */
        post: operations["previewResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a failed event where it stopped, with the same execution ids
         * @description An event that still waits, or has nothing left to resume, gets 409.
         */
        post: operations["resumeEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay an event; its executions have new ids */
        post: operations["replayEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Replays, the newest first */
        get: operations["listReplays"];
        put?: never;
        /** Replay all events that match, the oldest first */
        post: operations["createReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The number of events that a replay would run; replays nothing */
        post: operations["previewReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A replay, with its progress */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        /**
         * Cancel a replay; events that were already sent continue
         * @description A finished replay stays unchanged.
         */
        delete: operations["cancelReplay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the last hour or day, and problems that need attention */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlers/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Results of each handler in the last day, by the hour, with the latest outcome */
        get: operations["listHandlerOutcomes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recipes: handlers for systems that many have, with what they ask for */
        get: operations["listRecipes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recipes/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A recipe: its targets and handlers, guide and scripts */
        get: operations["getRecipe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit log, the newest first */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/scripts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Scripts of the running executors, with those that cannot run */
        get: operations["listScripts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FieldErrorView: {
            /**
             * @description Path of the field, `task.url`; empty for the body as a whole
             * @example priority
             */
            field: string;
            /** @example must be a whole number from 1 to 1000000 */
            message: string;
        };
        ProblemView: {
            /**
             * @description Stable; `about:blank` where the status says all
             * @example urn:provisor:problem:invalid-input
             */
            type: string;
            /** @example Bad Request */
            title: string;
            /** @example 400 */
            status: number;
            /** @description In plain text */
            detail?: string;
            errors?: components["schemas"]["FieldErrorView"][];
        };
        CatalogExecutorView: {
            /** Format: uuid */
            id: string;
            host: string;
            /** @description Revision that this executor runs */
            revision: number;
            /**
             * Format: date-time
             * @description Since when
             */
            revisionAt: string;
            /** @description True if the executor has the newest revision */
            inForce: boolean;
        };
        CatalogView: {
            /** @description Grows by one with every change of a handler */
            revision: number;
            /** Format: date-time */
            changedAt: string;
            /** @description Number of partitions, for publishers that choose the partition; null if no executor runs */
            partitions: number | null;
            /** @description Fields of events that `GET /events?lookup=` finds values of */
            searchFields: string[];
            executors: components["schemas"]["CatalogExecutorView"][];
        };
        RevisionView: {
            revision: number;
        };
        CircuitView: {
            /**
             * Format: uuid
             * @description The handler whose calls it counts; absent where it counts those of a target
             */
            handlerId?: string;
            /**
             * Format: uuid
             * @description The target whose calls it counts
             */
            targetId?: string;
            /** @description True while the circuit breaker is open: nearly all recent calls failed, so few are made */
            open: boolean;
            /**
             * Format: date-time
             * @description When it last opened
             */
            openedAt: string;
            /** @description How often it has opened since the executor started */
            openings: number;
        };
        ExecutorView: {
            /** Format: uuid */
            id: string;
            host: string;
            pid: number;
            version: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            heartbeatAt: string;
            /** @description Revision of the executor's current catalog */
            revision: number;
            /** @description True for the newest revision of the catalog */
            upToDate: boolean;
            /** @description Numbers of the partitions that it consumes */
            partitions: number[];
            /** @description True while it is the only executor and dispatches every event directly from the intake, without partitions */
            direct: boolean;
            /** @description True while it drains: it accepts no new events and finishes those in flight */
            draining: boolean;
            /** @description Events in flight */
            inFlight: number;
            /** @description How far its machine's clock is ahead of the database's, in milliseconds; negative: behind. Times are corrected for it */
            clockSkewMs: number;
            /** @description Of handlers whose circuit has ever opened there */
            circuits: components["schemas"]["CircuitView"][];
        };
        ExecutorList: {
            items: components["schemas"]["ExecutorView"][];
        };
        ApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /**
             * @description How it begins; null for BOOTSTRAP_API_KEY
             * @example prov_0193a7c1d2e3
             */
            prefix: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null for never
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To about a minute
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
        };
        ApiKeyList: {
            items: components["schemas"]["ApiKeyView"][];
        };
        ApiKeyInput: {
            /**
             * @description The person or program that uses the key
             * @example CRM
             */
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /**
             * Format: date-time
             * @description When the key expires. Without it: never
             */
            expiresAt?: string;
        };
        MadeApiKeyView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /**
             * @description How it begins; null for BOOTSTRAP_API_KEY
             * @example prov_0193a7c1d2e3
             */
            prefix: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Null for never
             */
            expiresAt: string | null;
            /**
             * Format: date-time
             * @description To about a minute
             */
            lastUsedAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description The key. It is shown once; Provisor stores only its hash */
            key: string;
        };
        SignInInput: {
            /** @description An API key */
            key: string;
        };
        SessionView: {
            /**
             * @description How the caller was authenticated
             * @enum {string}
             */
            kind: "api_key" | "session" | "oidc";
            /** @description The API key's, or the subject of a token */
            id: string;
            name: string;
            /** @enum {string} */
            role: "viewer" | "operator" | "admin";
            /**
             * Format: date-time
             * @description At the latest; null for never
             */
            expiresAt: string | null;
        };
        ScriptTaskInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "script";
            /**
             * @description Absolute, or below one of the executor's script folders
             * @example user/local/vcs/script.py
             */
            path: string;
            /** @default [] */
            args?: string[];
            /**
             * @description `once`: a process for each event; `persistent`: the script stays up and takes one event a line
             * @default once
             * @enum {string}
             */
            mode?: "once" | "persistent";
        };
        HttpTlsInput: {
            /** @description Certificates of the authorities to trust instead of the default ones */
            ca?: string;
            /** @description Client certificate, followed by its intermediate certificates */
            certificate?: string;
            /** @description Private key of the certificate; `***` keeps the stored one */
            key?: string;
        };
        HttpTaskInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "http";
            /**
             * @description http or https; `127.0.0.1:5000/api` means `http://127.0.0.1:5000/api`. Required without a target
             * @example http://127.0.0.1:5000/api
             */
            url?: string;
            /** @description Id of the target that is called, in place of a URL; in a set its name */
            target?: string;
            /**
             * @description Path behind the base URL of the target, perhaps with a query
             * @example /api/accounts
             */
            path?: string;
            /**
             * @default POST
             * @enum {string}
             */
            method?: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
            /**
             * @description For a secret header `***` means the stored value
             * @default {}
             * @example {
             *       "authorization": "Bearer …"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /** @description Further headers with secret values; headers with names such as Authorization are always secret */
            secretHeaders?: string[];
            /** @description For https URLs only; a target has its own */
            tls?: components["schemas"]["HttpTlsInput"];
            /**
             * @description Content type of `body`; without it: application/json
             * @example text/xml
             */
            contentType?: string;
            /**
             * @description What is sent, with placeholders `{{ … }}` in CEL, each escaped for where it stands; null: the event as it is
             * @example {"id": {{ data.id }}, "name": "{{ data.name }}"}
             */
            body?: string | null;
        };
        EmailTaskInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "email";
            /** @description Addresses, without names */
            to: string[];
            /** @default [] */
            cc?: string[];
            subject: string;
            /** @description Plain text; line breaks are kept */
            text: string;
        };
        RetryInput: {
            /** @description Attempts in all, the first included */
            maxAttempts?: number;
            /** @description Delays before the second, third, … attempt; the last delay repeats */
            schedule?: string[];
        };
        OutcomeRuleInput: {
            /** @description In CEL, over `response`, `attempt`, `maybe` and what conditions read */
            when: string;
            /** @enum {string} */
            outcome: "success" | "retryable" | "permanent";
            /**
             * @description A word that stands for it in the journal, in lists of failures and in metrics. Without it: `outcome_rule` for a failure, and none for a success
             * @example already_exists
             */
            reason?: string;
        };
        HoldWindowInput: {
            /** @description Days of the week on which the window begins */
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            /**
             * @description When it begins, by the clocks of the time zone
             * @example 02:00
             */
            from: string;
            /**
             * @description When it ends, up to 24:00; on the next day unless it is later than `from`
             * @example 04:00
             */
            to: string;
            /** @example Europe/Berlin */
            timeZone: string;
        };
        CreateHandlerInput: {
            /** @example Create SIP account */
            name: string;
            /** @default  */
            description?: string;
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            task: components["schemas"]["ScriptTaskInput"] | components["schemas"]["HttpTaskInput"] | components["schemas"]["EmailTaskInput"];
            /**
             * @default enabled
             * @enum {string}
             */
            status?: "enabled" | "disabled" | "archived";
            /** @description Lower runs first. Without it: after the last one of its event */
            priority?: number;
            /**
             * @default stop
             * @enum {string}
             */
            onFailure?: "stop" | "continue" | "detach";
            /** @description Default: DEFAULT_TIMEOUT_MS */
            timeoutMs?: number;
            /**
             * @default {
             *       "maxAttempts": 8,
             *       "schedule": [
             *         "5s",
             *         "5m",
             *         "30m",
             *         "2h",
             *         "5h",
             *         "10h",
             *         "14h"
             *       ]
             *     }
             */
            retry?: components["schemas"]["RetryInput"];
            /** @default 64 */
            maxConcurrency?: number;
            /**
             * @description In CEL: the handler runs for events for which it is true. Null: for all events of the type
             * @default null
             * @example data.status == "active" && changed("status")
             */
            condition?: string | null;
            /**
             * @description Of a handler for notices: it runs when the trouble has lasted this long, and for the end of such. Null: at once
             * @default null
             * @example 5m
             */
            lasting?: string | null;
            /**
             * @description `native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON
             * @default native
             * @enum {string}
             */
            format?: "native" | "cloudevents";
            /**
             * @description Judges answers: the first rule that is true decides; where none is, the usual rules do
             * @default []
             */
            outcomes?: components["schemas"]["OutcomeRuleInput"][];
            /**
             * @description Values of a successful answer, in CEL, which later handlers of the event read as `results`
             * @default {}
             */
            keep?: {
                [key: string]: string;
            };
            /**
             * @description Weekly hours in which it is not called: its events wait until the end, in order
             * @default []
             */
            windows?: components["schemas"]["HoldWindowInput"][];
            /**
             * @description Events a second that continue at the end of a hold, at most
             * @default 250
             */
            releasePerSecond?: number;
        };
        ScriptTaskView: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "script";
            path: string;
            args: string[];
            /** @enum {string} */
            mode: "once" | "persistent";
        };
        HttpTlsView: {
            ca?: string;
            certificate?: string;
            /**
             * @description A private key is stored; it is not shown
             * @enum {string}
             */
            key?: "***";
        };
        HttpTaskView: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "http";
            /** @description Absent where the task names a target */
            url?: string;
            /** @description Id of the target that is called; in a set its name */
            target?: string;
            /** @description Behind the base URL of the target */
            path?: string;
            /** @enum {string} */
            method: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
            /** @description The value of a secret one is `***` */
            headers: {
                [key: string]: string;
            };
            /** @description Names of the headers with secret values, in lower case; absent when there are none */
            secretHeaders?: string[];
            tls?: components["schemas"]["HttpTlsView"];
            /** @description Content type of `body`; absent: application/json */
            contentType?: string;
            /** @description What is sent, with placeholders; absent: the event as it is */
            body?: string;
        };
        EmailTaskView: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "email";
            to: string[];
            cc: string[];
            subject: string;
            text: string;
        };
        RetryView: {
            maxAttempts: number;
            schedule: string[];
        };
        OutcomeRuleView: {
            when: string;
            /** @enum {string} */
            outcome: "success" | "retryable" | "permanent";
            reason?: string;
        };
        HoldWindowView: {
            days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
            from: string;
            to: string;
            timeZone: string;
        };
        HoldView: {
            reason: string;
            /**
             * Format: date-time
             * @description Null: until a person releases it
             */
            until: string | null;
            /** Format: date-time */
            since: string;
            /** @description Name of the API key or person that holds it */
            by: string;
        };
        SigningSecretView: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops signing; null for the newest secret
             */
            expiresAt: string | null;
        };
        ChangedHandlerView: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            event: string;
            task: components["schemas"]["ScriptTaskView"] | components["schemas"]["HttpTaskView"] | components["schemas"]["EmailTaskView"];
            /** @enum {string} */
            status: "enabled" | "disabled" | "archived";
            priority: number;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "detach";
            timeoutMs: number;
            retry: components["schemas"]["RetryView"];
            maxConcurrency: number;
            /** @description In CEL; null: the handler runs for all events of its type */
            condition: string | null;
            /** @description Of a handler for notices: it runs when the trouble has lasted this long, and for its end then; null: at once */
            lasting: string | null;
            /**
             * @description Format in which the handler receives events; absent: native
             * @enum {string}
             */
            format?: "cloudevents";
            /** @description Rules that judge answers: the first that is true decides; where none is, the usual rules do */
            outcomes: components["schemas"]["OutcomeRuleView"][];
            /** @description Values of a successful answer, in CEL, which later handlers of the event read as `results` */
            keep: {
                [key: string]: string;
            };
            /** @description Weekly hours in which it is not called */
            windows: components["schemas"]["HoldWindowView"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond: number;
            /** @description What a person has said about not calling it; null: nothing that still holds */
            hold: components["schemas"]["HoldView"] | null;
            /** @description Secrets that sign the handler's calls now, the newest last; absent if calls are not signed */
            signingSecrets?: components["schemas"]["SigningSecretView"][];
            /** @description Grows by one with every change; the ETag */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Valid input that is probably a mistake, such as a script that no executor has; absent when there is none */
            warnings?: components["schemas"]["FieldErrorView"][];
        };
        HandlerView: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            event: string;
            task: components["schemas"]["ScriptTaskView"] | components["schemas"]["HttpTaskView"] | components["schemas"]["EmailTaskView"];
            /** @enum {string} */
            status: "enabled" | "disabled" | "archived";
            priority: number;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "detach";
            timeoutMs: number;
            retry: components["schemas"]["RetryView"];
            maxConcurrency: number;
            /** @description In CEL; null: the handler runs for all events of its type */
            condition: string | null;
            /** @description Of a handler for notices: it runs when the trouble has lasted this long, and for its end then; null: at once */
            lasting: string | null;
            /**
             * @description Format in which the handler receives events; absent: native
             * @enum {string}
             */
            format?: "cloudevents";
            /** @description Rules that judge answers: the first that is true decides; where none is, the usual rules do */
            outcomes: components["schemas"]["OutcomeRuleView"][];
            /** @description Values of a successful answer, in CEL, which later handlers of the event read as `results` */
            keep: {
                [key: string]: string;
            };
            /** @description Weekly hours in which it is not called */
            windows: components["schemas"]["HoldWindowView"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond: number;
            /** @description What a person has said about not calling it; null: nothing that still holds */
            hold: components["schemas"]["HoldView"] | null;
            /** @description Secrets that sign the handler's calls now, the newest last; absent if calls are not signed */
            signingSecrets?: components["schemas"]["SigningSecretView"][];
            /** @description Grows by one with every change; the ETag */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        HandlerPage: {
            items: components["schemas"]["HandlerView"][];
            /** @description Number of items on all pages */
            total: number;
            page: number;
            limit: number;
        };
        HandlerOrderInput: {
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /** @description Handlers of that event, in the order to run; handlers that are left out follow in their current order */
            ids: string[];
        };
        HandlerOrderView: {
            /** @description Revision of the catalog that has this order */
            revision: number;
            items: components["schemas"]["HandlerView"][];
        };
        PatchHandlerInput: {
            /** @example Create SIP account */
            name?: string;
            description?: string;
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            task?: components["schemas"]["ScriptTaskInput"] | components["schemas"]["HttpTaskInput"] | components["schemas"]["EmailTaskInput"];
            /** @enum {string} */
            status?: "enabled" | "disabled" | "archived";
            /** @description Lower runs first. Without it: after the last one of its event */
            priority?: number;
            /** @enum {string} */
            onFailure?: "stop" | "continue" | "detach";
            /** @description Default: DEFAULT_TIMEOUT_MS */
            timeoutMs?: number;
            retry?: components["schemas"]["RetryInput"];
            maxConcurrency?: number;
            /**
             * @description In CEL: the handler runs for events for which it is true. Null: for all events of the type
             * @example data.status == "active" && changed("status")
             */
            condition?: string | null;
            /**
             * @description Of a handler for notices: it runs when the trouble has lasted this long, and for the end of such. Null: at once
             * @example 5m
             */
            lasting?: string | null;
            /**
             * @description `native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON
             * @enum {string}
             */
            format?: "native" | "cloudevents";
            /** @description Judges answers: the first rule that is true decides; where none is, the usual rules do */
            outcomes?: components["schemas"]["OutcomeRuleInput"][];
            /** @description Values of a successful answer, in CEL, which later handlers of the event read as `results` */
            keep?: {
                [key: string]: string;
            };
            /** @description Weekly hours in which it is not called: its events wait until the end, in order */
            windows?: components["schemas"]["HoldWindowInput"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond?: number;
        };
        DraftHandlerInput: {
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            task: components["schemas"]["ScriptTaskInput"] | components["schemas"]["HttpTaskInput"] | components["schemas"]["EmailTaskInput"];
            /**
             * @description `native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON
             * @default native
             * @enum {string}
             */
            format?: "native" | "cloudevents";
            /**
             * @description Judges answers: the first rule that is true decides; where none is, the usual rules do
             * @default []
             */
            outcomes?: components["schemas"]["OutcomeRuleInput"][];
            /**
             * @description Values of a successful answer, in CEL, which later handlers of the event read as `results`
             * @default {}
             */
            keep?: {
                [key: string]: string;
            };
        };
        DraftAnswerInput: {
            /**
             * @description As the journal shows it: with `http`, or with `script`
             * @example {
             *       "http": {
             *         "status": 409,
             *         "headers": {},
             *         "body": "",
             *         "truncated": false
             *       }
             *     }
             */
            response: {
                [key: string]: unknown;
            };
            /**
             * @description Number of the attempt, from 1
             * @default 1
             */
            attempt?: number;
            /**
             * @description Whether an earlier attempt may have arrived
             * @default false
             */
            maybe?: boolean;
        };
        EventHeadInput: {
            /** @description Unique per occurrence, at most 255 bytes of UTF-8; made when it is missing. An event that is published again has the same id and the same key */
            id?: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:15:00+00:00
             */
            dt: string;
            /**
             * @description Id of the event type
             * @enum {string}
             */
            events_id: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /**
             * @description Id of the object; a text has at most 255 bytes of UTF-8
             * @example 12
             */
            object_id: number | string;
        };
        EventInput: {
            event: components["schemas"]["EventHeadInput"];
            /**
             * @example {
             *       "id": 12,
             *       "name": "My changed name"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * @example {
             *       "name": "My name"
             *     }
             */
            previous?: {
                [key: string]: unknown;
            };
        };
        DraftPreviewBody: {
            handler: components["schemas"]["DraftHandlerInput"];
            answer?: components["schemas"]["DraftAnswerInput"];
            /** @description Without it: the sample of the event type */
            event?: components["schemas"]["EventInput"];
        };
        JudgementView: {
            /** @description Number of the rule that decides, from 0; null: none does, so that the usual rules decide */
            rule: number | null;
            /** @description What is kept of the answer if it is a success, by name; null: nothing */
            kept: {
                [key: string]: unknown;
            } | null;
            /** @description Expressions without a value, each of which counts as false or is left out */
            faults: components["schemas"]["FieldErrorView"][];
        };
        ScriptRunView: {
            path: string;
            args: string[];
            /** @description What it reads: on stdin, or as a part of a line */
            input: string;
        };
        EmailPreviewView: {
            to: string[];
            cc: string[];
            subject: string;
            text: string;
        };
        RequestView: {
            /** @description The value of a secret one is `***` */
            headers?: {
                [key: string]: string;
            };
            method?: string;
            url?: string;
            body?: string;
            script?: components["schemas"]["ScriptRunView"];
            email?: components["schemas"]["EmailPreviewView"];
        };
        DraftPreviewView: {
            /** @description What the rules make of the answer that was given; absent without one */
            judgement?: components["schemas"]["JudgementView"];
            /** @description Null: it cannot be made */
            request: components["schemas"]["RequestView"] | null;
            /** @description Why it cannot be made, and by which field */
            fault: components["schemas"]["FieldErrorView"] | null;
        };
        HandlerTestInput: {
            /** @description Without it: the sample of the handler's event type */
            event?: components["schemas"]["EventInput"];
        };
        RequestPreviewView: {
            /** @description Null: it cannot be made */
            request: components["schemas"]["RequestView"] | null;
            /** @description Why it cannot be made, and by which field */
            fault: components["schemas"]["FieldErrorView"] | null;
        };
        TargetRateView: {
            /** @description Calls a second, of all executors together */
            perSecond: number;
            /** @description Calls that may come at once after a while without any */
            burst: number;
        };
        TargetInSetView: {
            name: string;
            description: string;
            /** @description With the path of a task behind it */
            baseUrl: string;
            /** @description Sent with each call; the value of a secret one is `***` */
            headers: {
                [key: string]: string;
            };
            /** @description Names of the headers with secret values, in lower case */
            secretHeaders: string[];
            tls: components["schemas"]["HttpTlsView"] | null;
            auth: (components["schemas"]["BasicAuthView"] | components["schemas"]["ClientCredentialsAuthView"]) | null;
            /** @description Limit on calls a second; null: none */
            rate: components["schemas"]["TargetRateView"] | null;
            /** @description Limit on calls at a time, of all executors together; null: none but those of the handlers */
            maxConcurrency: number | null;
            /** @description Weekly hours in which it is not called */
            windows: components["schemas"]["HoldWindowView"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond: number;
        };
        HandlerInSetView: {
            name: string;
            description: string;
            event: string;
            task: components["schemas"]["ScriptTaskView"] | components["schemas"]["HttpTaskView"] | components["schemas"]["EmailTaskView"];
            /** @enum {string} */
            status: "enabled" | "disabled" | "archived";
            priority: number;
            /** @enum {string} */
            onFailure: "stop" | "continue" | "detach";
            timeoutMs: number;
            retry: components["schemas"]["RetryView"];
            maxConcurrency: number;
            /** @description In CEL; null: the handler runs for all events of its type */
            condition: string | null;
            /** @description Of a handler for notices: it runs when the trouble has lasted this long, and for its end then; null: at once */
            lasting: string | null;
            /**
             * @description Format in which the handler receives events; absent: native
             * @enum {string}
             */
            format?: "cloudevents";
            /** @description Rules that judge answers: the first that is true decides; where none is, the usual rules do */
            outcomes: components["schemas"]["OutcomeRuleView"][];
            /** @description Values of a successful answer, in CEL, which later handlers of the event read as `results` */
            keep: {
                [key: string]: string;
            };
            /** @description Weekly hours in which it is not called */
            windows: components["schemas"]["HoldWindowView"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond: number;
        };
        HandlerSetView: {
            /** @description Revision of the catalog; the ETag */
            revision: number;
            /** @description Timeout of a handler that names none, in milliseconds (`DEFAULT_TIMEOUT_MS`) */
            defaultTimeoutMs: number;
            /** @description All targets, by name */
            targets: components["schemas"]["TargetInSetView"][];
            /** @description All that are not archived, by event, in the order they run; their tasks name targets by their names */
            handlers: components["schemas"]["HandlerInSetView"][];
        };
        HandlerInSetInput: {
            /** @example Create SIP account */
            name: string;
            /** @default  */
            description?: string;
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            task: components["schemas"]["ScriptTaskInput"] | components["schemas"]["HttpTaskInput"] | components["schemas"]["EmailTaskInput"];
            /**
             * @default stop
             * @enum {string}
             */
            onFailure?: "stop" | "continue" | "detach";
            /** @description Default: DEFAULT_TIMEOUT_MS */
            timeoutMs?: number;
            /**
             * @default {
             *       "maxAttempts": 8,
             *       "schedule": [
             *         "5s",
             *         "5m",
             *         "30m",
             *         "2h",
             *         "5h",
             *         "10h",
             *         "14h"
             *       ]
             *     }
             */
            retry?: components["schemas"]["RetryInput"];
            /** @default 64 */
            maxConcurrency?: number;
            /**
             * @description In CEL: the handler runs for events for which it is true. Null: for all events of the type
             * @default null
             * @example data.status == "active" && changed("status")
             */
            condition?: string | null;
            /**
             * @description Of a handler for notices: it runs when the trouble has lasted this long, and for the end of such. Null: at once
             * @default null
             * @example 5m
             */
            lasting?: string | null;
            /**
             * @description `native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON
             * @default native
             * @enum {string}
             */
            format?: "native" | "cloudevents";
            /**
             * @description Judges answers: the first rule that is true decides; where none is, the usual rules do
             * @default []
             */
            outcomes?: components["schemas"]["OutcomeRuleInput"][];
            /**
             * @description Values of a successful answer, in CEL, which later handlers of the event read as `results`
             * @default {}
             */
            keep?: {
                [key: string]: string;
            };
            /**
             * @description Weekly hours in which it is not called: its events wait until the end, in order
             * @default []
             */
            windows?: components["schemas"]["HoldWindowInput"][];
            /**
             * @description Events a second that continue at the end of a hold, at most
             * @default 250
             */
            releasePerSecond?: number;
            /**
             * @description Without it: as it is; of a new handler, enabled
             * @enum {string}
             */
            status?: "enabled" | "disabled";
            /** @description Lower runs first. Without it: as it is; of a new handler, after the last one of its event */
            priority?: number;
        };
        BasicAuthInput: {
            /** @enum {string} */
            type: "basic";
            username: string;
            /** @description `***` keeps the stored one */
            password: string;
        };
        ClientCredentialsAuthInput: {
            /** @enum {string} */
            type: "oauth2_client_credentials";
            /**
             * @description Where access tokens are requested
             * @example https://login.example/oauth2/token
             */
            tokenUrl: string;
            clientId: string;
            /** @description `***` keeps the stored one */
            clientSecret: string;
            /** @description Scopes of the token, separated by spaces */
            scope?: string;
            /** @description Of the token, where the authorization server wants one */
            audience?: string;
            /** @description URI of what the token is for, where the authorization server wants that (RFC 8707) */
            resource?: string;
            /**
             * @description Where the token request has the client's id and secret: in the Authorization header, or in its body
             * @default basic
             * @enum {string}
             */
            style?: "basic" | "body";
        };
        TargetRateInput: {
            /** @description Calls a second, of all executors together */
            perSecond: number;
            /**
             * @description Calls that may come at once after a while without any
             * @default 1
             */
            burst?: number;
        };
        TargetInSetInput: {
            /** @example CRM */
            name: string;
            /** @default  */
            description?: string;
            /**
             * @description http or https, with the path of a task behind it
             * @example https://crm.example/rest
             */
            baseUrl: string;
            /**
             * @description Sent with each call; for a secret header `***` means the stored value
             * @default {}
             * @example {
             *       "x-tenant": "7"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /** @description Further headers with secret values; headers with names such as Authorization are always secret */
            secretHeaders?: string[];
            /** @description For https, of the base URL or the token URL */
            tls?: components["schemas"]["HttpTlsInput"] | null;
            /** @description How calls are authenticated, beside the headers */
            auth?: (components["schemas"]["BasicAuthInput"] | components["schemas"]["ClientCredentialsAuthInput"]) | null;
            /** @description Limit on calls a second; null: none */
            rate?: components["schemas"]["TargetRateInput"] | null;
            /** @description Limit on calls at a time, of all executors together; null: none but those of the handlers */
            maxConcurrency?: number | null;
            /**
             * @description Weekly hours in which it is not called: events wait until the end, in order
             * @default []
             */
            windows?: components["schemas"]["HoldWindowInput"][];
            /**
             * @description Events a second that continue at the end of a hold, at most
             * @default 250
             */
            releasePerSecond?: number;
        };
        HandlerSetInput: {
            /** @description Complete handlers, matched by name; a field that is left out gets its default */
            handlers: components["schemas"]["HandlerInSetInput"][];
            /** @description Complete targets, matched by name, which handlers of the set name; without this field targets stay as they are */
            targets?: components["schemas"]["TargetInSetInput"][];
            /**
             * @description Archive every handler that is not in the set, and delete every target where `targets` is given
             * @default false
             */
            prune?: boolean;
        };
        HandlerSetChangeView: {
            /** @enum {string} */
            action: "create" | "update" | "archive";
            name: string;
            /** @description Null for a handler that is new */
            before: components["schemas"]["HandlerInSetView"] | null;
            /** @description Null for one that is archived */
            after: components["schemas"]["HandlerInSetView"] | null;
            /** @description Secrets with new values, `header:authorization` or `tls:key` */
            secrets: string[];
            /** @description Valid input that is probably a mistake; absent when there is none */
            warnings?: components["schemas"]["FieldErrorView"][];
        };
        TargetSetChangeView: {
            /** @enum {string} */
            action: "create" | "update" | "delete";
            name: string;
            /** @description Null for a target that is new */
            before: components["schemas"]["TargetInSetView"] | null;
            /** @description Null for one that is deleted */
            after: components["schemas"]["TargetInSetView"] | null;
            /** @description Secrets with new values, such as `auth:secret` */
            secrets: string[];
        };
        TargetSetResultView: {
            /** @description Those in the set in its order, then those deleted */
            changes: components["schemas"]["TargetSetChangeView"][];
            /** @description Number of unchanged targets in the set */
            unchanged: number;
        };
        HandlerSetResultView: {
            /** @description Revision of the catalog with this set; the ETag */
            revision: number;
            /** @description Those in the set in its order, then those archived */
            changes: components["schemas"]["HandlerSetChangeView"][];
            /** @description Number of unchanged handlers in the set */
            unchanged: number;
            targets: components["schemas"]["TargetSetResultView"];
        };
        TestedAttemptView: {
            /** Format: uuid */
            id: string;
            /** @description From 1 */
            number: number;
            /** @enum {string} */
            outcome: "success" | "retryable" | "permanent";
            /** @description Stable code of the error, or the word of the rule that decided */
            reason: string | null;
            /** @description The error, or why a rule decided, in plain text */
            message: string | null;
            /**
             * @description Whether the call reached its target. no: nothing was sent. maybe: sent, and no complete answer came
             * @enum {string}
             */
            reached: "no" | "maybe" | "yes";
            /** @description The target's response, or the script's output */
            response: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            startedAt: string;
            durationMs: number;
            revision: number;
            /** Format: uuid */
            executorId: string;
            /** Format: uuid */
            executionId: string;
            /** @description The event's id, generated if the event had none */
            eventId: string;
            /** @description Values of the answer that later handlers of an event could read, by name; null: none were kept */
            kept: {
                [key: string]: unknown;
            } | null;
            /** @enum {boolean} */
            test: true;
        };
        SigningSecretInput: {
            /**
             * @description How long earlier secrets also sign, so that the receiver has time to change; 0s: not at all
             * @default 24h
             */
            overlap?: string;
        };
        MadeSigningSecretView: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it stops signing; null for the newest secret
             */
            expiresAt: string | null;
            /**
             * @description The secret, as Standard Webhooks writes it. It is shown this once
             * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD4Ii8zNmKEvk=
             */
            secret: string;
        };
        CreateTargetInput: {
            /** @example CRM */
            name: string;
            /** @default  */
            description?: string;
            /**
             * @description http or https, with the path of a task behind it
             * @example https://crm.example/rest
             */
            baseUrl: string;
            /**
             * @description Sent with each call; for a secret header `***` means the stored value
             * @default {}
             * @example {
             *       "x-tenant": "7"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /** @description Further headers with secret values; headers with names such as Authorization are always secret */
            secretHeaders?: string[];
            /** @description For https, of the base URL or the token URL */
            tls?: components["schemas"]["HttpTlsInput"] | null;
            /** @description How calls are authenticated, beside the headers */
            auth?: (components["schemas"]["BasicAuthInput"] | components["schemas"]["ClientCredentialsAuthInput"]) | null;
            /** @description Limit on calls a second; null: none */
            rate?: components["schemas"]["TargetRateInput"] | null;
            /** @description Limit on calls at a time, of all executors together; null: none but those of the handlers */
            maxConcurrency?: number | null;
            /**
             * @description Weekly hours in which it is not called: events wait until the end, in order
             * @default []
             */
            windows?: components["schemas"]["HoldWindowInput"][];
            /**
             * @description Events a second that continue at the end of a hold, at most
             * @default 250
             */
            releasePerSecond?: number;
        };
        BasicAuthView: {
            /** @enum {string} */
            type: "basic";
            username: string;
            /** @enum {string} */
            password: "***";
        };
        ClientCredentialsAuthView: {
            /** @enum {string} */
            type: "oauth2_client_credentials";
            tokenUrl: string;
            clientId: string;
            /** @enum {string} */
            clientSecret: "***";
            scope?: string;
            audience?: string;
            resource?: string;
            /** @enum {string} */
            style: "basic" | "body";
        };
        TargetView: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** @description With the path of a task behind it */
            baseUrl: string;
            /** @description Sent with each call; the value of a secret one is `***` */
            headers: {
                [key: string]: string;
            };
            /** @description Names of the headers with secret values, in lower case */
            secretHeaders: string[];
            tls: components["schemas"]["HttpTlsView"] | null;
            auth: (components["schemas"]["BasicAuthView"] | components["schemas"]["ClientCredentialsAuthView"]) | null;
            /** @description Limit on calls a second; null: none */
            rate: components["schemas"]["TargetRateView"] | null;
            /** @description Limit on calls at a time, of all executors together; null: none but those of the handlers */
            maxConcurrency: number | null;
            /** @description Weekly hours in which it is not called */
            windows: components["schemas"]["HoldWindowView"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond: number;
            /** @description What a person has said about not calling it; null: nothing that still holds */
            hold: components["schemas"]["HoldView"] | null;
            /** @description Number of handlers that call it, without archived ones */
            handlerCount: number;
            /** @description Grows by one with every change; the ETag */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        TargetPage: {
            items: components["schemas"]["TargetView"][];
            /** @description Number of items on all pages */
            total: number;
            page: number;
            limit: number;
        };
        PatchTargetInput: {
            /** @example CRM */
            name?: string;
            description?: string;
            /**
             * @description http or https, with the path of a task behind it
             * @example https://crm.example/rest
             */
            baseUrl?: string;
            /**
             * @description Sent with each call; for a secret header `***` means the stored value
             * @example {
             *       "x-tenant": "7"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
            /** @description Further headers with secret values; headers with names such as Authorization are always secret */
            secretHeaders?: string[];
            /** @description For https, of the base URL or the token URL */
            tls?: components["schemas"]["HttpTlsInput"] | null;
            /** @description How calls are authenticated, beside the headers */
            auth?: (components["schemas"]["BasicAuthInput"] | components["schemas"]["ClientCredentialsAuthInput"]) | null;
            /** @description Limit on calls a second; null: none */
            rate?: components["schemas"]["TargetRateInput"] | null;
            /** @description Limit on calls at a time, of all executors together; null: none but those of the handlers */
            maxConcurrency?: number | null;
            /** @description Weekly hours in which it is not called: events wait until the end, in order */
            windows?: components["schemas"]["HoldWindowInput"][];
            /** @description Events a second that continue at the end of a hold, at most */
            releasePerSecond?: number;
        };
        ProbedKeyView: {
            /** @description The waiting key whose next attempt is made now */
            key: string;
        };
        ExtractTargetInput: {
            /** @description Name of the target; without it the host of the URL */
            name?: string;
        };
        ExtractedTargetView: {
            target: components["schemas"]["TargetView"];
            /** @description It names the target now */
            handler: components["schemas"]["HandlerView"];
        };
        HoldSubjectView: {
            /** @enum {string} */
            type: "handler" | "target";
            /** Format: uuid */
            id: string;
            name: string;
        };
        HeldEventsView: {
            /** @description Number of keys that wait because of it */
            keys: number;
            /** @description Number of their waiting events */
            events: number;
        };
        HoldPeriodView: {
            subject: components["schemas"]["HoldSubjectView"];
            /** @enum {string} */
            state: "held" | "coming";
            /** Format: date-time */
            from: string;
            /**
             * Format: date-time
             * @description Null: until a person releases it
             */
            until: string | null;
            /** @description In the words of who holds it; null for a window */
            reason: string | null;
            /** @description Name of the API key or person that holds it; null for a window */
            by: string | null;
            /** @description The weekly hours that it belongs to; null for a hold by a person */
            window: components["schemas"]["HoldWindowView"] | null;
            /** @description What waits because of it now */
            waiting: components["schemas"]["HeldEventsView"];
        };
        HoldList: {
            /** @description What is held, the longest held first; then what comes within 8 days, the next one first */
            items: components["schemas"]["HoldPeriodView"][];
        };
        HoldForecastInput: {
            /** @description The handlers that would be held; required without targetIds */
            handlerIds?: string[];
            /** @description The targets that would be held, in place of handlers */
            targetIds?: string[];
            /**
             * Format: date-time
             * @description When the hold would begin
             */
            from: string;
            /**
             * Format: date-time
             * @description When it would end, at most 7 days later
             */
            to: string;
        };
        ForecastWeekView: {
            /**
             * Format: date-time
             * @description When the hours of that week begin
             */
            from: string;
            /** Format: date-time */
            to: string;
            /** @description Events in them for which these handlers ran */
            events: number;
            /** @description Partition keys of these events */
            keys: number;
        };
        HoldForecastView: {
            /** @description Events to expect: the average of the weeks; 0 without any */
            events: number;
            /** @description Partition keys to expect: the average of the weeks; 0 without any */
            keys: number;
            /** @description Number of weeks that were looked at, at most 4; 0 while the journal is too young */
            weeks: number;
            /** @description What each of these weeks had, the latest first */
            pastWeeks: components["schemas"]["ForecastWeekView"][];
        };
        HoldInput: {
            /** @description Why it is not called, for other people */
            reason: string;
            /**
             * Format: date-time
             * @description When it ends, in the future; without it or null: when a person releases it
             */
            until?: string | null;
        };
        AcceptedEvent: {
            /** @description Id of the event */
            id: string;
        };
        ResumePlanInput: {
            /** @description Id of the event that would be resumed */
            resume: string;
        };
        PlannedEventView: {
            /** @description Null when the event has none of its own */
            id: string | null;
            type: string;
            /** Format: date-time */
            occurredAt: string;
            objectId: number | string;
            /** @description Events with the same key run one after another */
            partitionKey: string;
        };
        PlannedHandlerView: {
            /** @description Place in the order, from 1 */
            position: number;
            handler: components["schemas"]["HandlerView"];
            /** @description What its first attempt would send, with secrets and redacted values as `***`; null: it cannot be made */
            request: components["schemas"]["RequestView"] | null;
            /** @description Why the request cannot be made, and by which field */
            fault: components["schemas"]["FieldErrorView"] | null;
        };
        NotRunHandlerView: {
            handler: components["schemas"]["HandlerView"];
            /** @enum {string} */
            reason: "condition_unmet" | "condition_failed" | "disabled" | "archived" | "succeeded" | "settled" | "waiting" | "earlier_failed";
            /** @description Details in plain text, if there are any */
            message: string | null;
        };
        EventPlanView: {
            event: components["schemas"]["PlannedEventView"];
            /** @description Revision of the catalog */
            revision: number;
            /** @description Handlers that would run, in order */
            handlers: components["schemas"]["PlannedHandlerView"][];
            /** @description Handlers that would not run, with the reason */
            notRun: components["schemas"]["NotRunHandlerView"][];
        };
        EventTypeView: {
            /** @example clients.create */
            id: string;
            /**
             * @description The heading it stands under
             * @example Clients
             */
            group: string;
            /** @example create */
            label: string;
            /** @description JSON Schema of the event's data */
            schema: {
                [key: string]: unknown;
            };
            /** @description A whole event, ready to be posted */
            sample: {
                [key: string]: unknown;
            };
        };
        EventTypeList: {
            items: components["schemas"]["EventTypeView"][];
        };
        NoticeSubjectView: {
            /** @enum {string} */
            type: "handler" | "target" | "reason" | "executor" | "installation";
            id: string;
            name: string;
        };
        NoticeFirstView: {
            /** @description Of the event, or of the message as its publisher gave it; null: there is none */
            eventId: string | null;
            /** @description Id of the event type */
            event?: string;
            objectId?: number | string;
            /** Format: uuid */
            executionId?: string;
            partitionKey?: string;
            /** Format: uuid */
            handlerId?: string;
            /** Format: uuid */
            executorId?: string;
            /** Format: uuid */
            rejectedId?: string;
            /** Format: date-time */
            at?: string;
        };
        OpenTroubleView: {
            subject: components["schemas"]["NoticeSubjectView"];
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description Of a notice: how many it stands for. Of a trouble: how many there were in all */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it: at its end the longest that had a notice; null: none */
            lasting: string | null;
            first: components["schemas"]["NoticeFirstView"];
            /**
             * @description Of the notices that tell of it
             * @enum {string}
             */
            type: "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /**
             * Format: date-time
             * @description When its last notice was written; null: it has none yet
             */
            lastNoticeAt: string | null;
        };
        NoticeView: {
            subject: components["schemas"]["NoticeSubjectView"];
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description Of a notice: how many it stands for. Of a trouble: how many there were in all */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it: at its end the longest that had a notice; null: none */
            lasting: string | null;
            first: components["schemas"]["NoticeFirstView"];
            /** @description Id of its event */
            id: string;
            /** @enum {string} */
            type: "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /**
             * Format: date-time
             * @description When it was written
             */
            at: string;
            /**
             * Format: date-time
             * @description Null while RabbitMQ has not confirmed it
             */
            sentAt: string | null;
        };
        NoticePage: {
            /** @description Troubles that go on, the newest first */
            open: components["schemas"]["OpenTroubleView"][];
            /** @description Notices, the newest first */
            items: components["schemas"]["NoticeView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        EventView: {
            /** @description As received from billing */
            id: string;
            /**
             * Format: uuid
             * @description The journal's own id; a duplicate event has two rows
             */
            journalId: string;
            type: string;
            objectId: number | string;
            partitionKey: string;
            /** @enum {string} */
            status: "succeeded" | "failed" | "waiting" | "duplicate";
            /** @description Whether a handler has failed so far */
            hasFailures: boolean;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description Null while it waits
             */
            finishedAt: string | null;
            /** @description Revision of the catalog whose plan it ran */
            revision: number;
            /**
             * Format: uuid
             * @description The replay that sent it again
             */
            replayId: string | null;
            /** @description Id of the event that it is an edited copy of */
            replayOf: string | null;
            /** @description True for the event of a handler's test */
            test: boolean;
        };
        EventPage: {
            items: components["schemas"]["EventView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        WaitingView: {
            /** @description Key under which the event waits, see `/deferrals` */
            key: string;
            /** @description True when only a detached execution waits */
            detached: boolean;
            /**
             * @description Why the key waits
             * @enum {string}
             */
            reason: "retry" | "resume" | "handler_busy" | "circuit_open" | "held" | "rate_limited" | "slow_key" | "held_long" | "behind" | "internal_error";
            /**
             * Format: date-time
             * @description When the key's next attempt is due
             */
            dueAt: string;
            /**
             * Format: uuid
             * @description The handler that the key waits for
             */
            handlerId: string | null;
            /** @description Number of events of the key that run before it */
            ahead: number;
        };
        EventRunView: {
            /**
             * Format: uuid
             * @description The journal's id of this run
             */
            journalId: string;
            /**
             * Format: uuid
             * @description Null for the event as it was received, and for a test
             */
            replayId: string | null;
            test: boolean;
            /**
             * @description Of this run alone
             * @enum {string}
             */
            status: "succeeded" | "failed" | "waiting" | "duplicate";
            /** @description Whether a handler has failed in this run */
            hasFailures: boolean;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description Null while it waits
             */
            finishedAt: string | null;
            /** @description Revision of the catalog whose plan it ran */
            revision: number;
        };
        AttemptView: {
            /** Format: uuid */
            id: string;
            /** @description From 1 */
            number: number;
            /** @enum {string} */
            outcome: "success" | "retryable" | "permanent";
            /** @description Stable code of the error, or the word of the rule that decided */
            reason: string | null;
            /** @description The error, or why a rule decided, in plain text */
            message: string | null;
            /**
             * @description Whether the call reached its target. no: nothing was sent. maybe: sent, and no complete answer came
             * @enum {string}
             */
            reached: "no" | "maybe" | "yes";
            /** @description The target's response, or the script's output */
            response: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            startedAt: string;
            /**
             * Format: date-time
             * @description Earliest time of the next attempt; null when there is none, or when it follows at once
             */
            nextAttemptAt: string | null;
            durationMs: number;
            revision: number;
            /** Format: uuid */
            executorId: string;
        };
        EventExecutionView: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            handlerId: string;
            handlerName: string | null;
            /** @enum {string|null} */
            taskType: "script" | "http" | "email" | null;
            /** @description Of the handler as it is now */
            priority: number | null;
            /** @description Place in the event's plan, from 1; disabled handlers come after it */
            position: number;
            /**
             * Format: uuid
             * @description The replay that it belongs to
             */
            replayId: string | null;
            /** @description True for a test */
            test: boolean;
            /** @enum {string} */
            status: "succeeded" | "failed" | "waiting" | "skipped";
            /**
             * @description Why it was skipped, if it was
             * @enum {string|null}
             */
            skipReason: "earlier_failed" | "condition_unmet" | "handler_disabled" | null;
            /** @description Values of the answer that later handlers of the event can read, by name; null: none were kept */
            kept: {
                [key: string]: unknown;
            } | null;
            /** @description Of all attempts together */
            durationMs: number | null;
            /** @description In order */
            attempts: components["schemas"]["AttemptView"][];
        };
        EventDetailsView: {
            /** @description As received from billing */
            id: string;
            /**
             * Format: uuid
             * @description The journal's own id; a duplicate event has two rows
             */
            journalId: string;
            type: string;
            objectId: number | string;
            partitionKey: string;
            /** @enum {string} */
            status: "succeeded" | "failed" | "waiting" | "duplicate";
            /** @description Whether a handler has failed so far */
            hasFailures: boolean;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            receivedAt: string;
            /**
             * Format: date-time
             * @description Null while it waits
             */
            finishedAt: string | null;
            /** @description Revision of the catalog whose plan it ran */
            revision: number;
            /**
             * Format: uuid
             * @description The replay that sent it again
             */
            replayId: string | null;
            /** @description Id of the event that it is an edited copy of */
            replayOf: string | null;
            /** @description True for the event of a handler's test */
            test: boolean;
            data: {
                [key: string]: unknown;
            };
            previous: {
                [key: string]: unknown;
            } | null;
            /** @description The event as sent to handlers; redacted fields are shown as *** */
            body: {
                [key: string]: unknown;
            };
            /** @description Number of duplicates of this event, which did not run */
            duplicates: number;
            /** @description Ids of the edited copies of it that were run, the newest first; at most 100 */
            editedCopies: string[];
            /** @description Null when it does not wait */
            waiting: components["schemas"]["WaitingView"] | null;
            /** @description The event as it was received, each replay, and tests, in this order */
            runs: components["schemas"]["EventRunView"][];
            /** @description In the order of the plan; behind them those of each replay, and then those of tests */
            executions: components["schemas"]["EventExecutionView"][];
        };
        ExecutionView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "succeeded" | "failed" | "waiting" | "skipped";
            /**
             * Format: date-time
             * @description When the latest attempt began
             */
            date: string;
            /** @description Event type */
            event: string;
            eventId: string;
            /** Format: uuid */
            handlerId: string;
            handlerName: string | null;
            /** @enum {string} */
            type: "script" | "http" | "email";
            objectId: number | string;
            /** @description The beginning of the latest response, or the error */
            response: string;
            /** @description Of the latest attempt */
            durationMs: number;
            /** @description Attempts so far */
            attempts: number;
            /** @description Stable code of the error */
            reason: string | null;
            /**
             * @description Whether the latest attempt reached its target
             * @enum {string}
             */
            reached: "no" | "maybe" | "yes";
            /**
             * Format: date-time
             * @description When it may be retried
             */
            nextAttemptAt: string | null;
            /**
             * Format: uuid
             * @description The replay that it belongs to
             */
            replayId: string | null;
            /** @description True for a test */
            test: boolean;
        };
        ExecutionPage: {
            items: components["schemas"]["ExecutionView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        RejectedMessageView: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            rejectedAt: string;
            /** @enum {string} */
            reason: "too_large" | "unsupported_content_type" | "not_utf8" | "not_json" | "too_deep" | "wrong_shape" | "unknown_event_type" | "bad_header" | "wrong_partition" | "internal_error";
            /** @description In plain text */
            message: string;
            errors: components["schemas"]["FieldErrorView"][];
            exchange: string;
            routingKey: string;
            /** @description AMQP properties and headers */
            properties: {
                [key: string]: unknown;
            };
            /** @description Bytes of the whole body */
            size: number;
            /**
             * Format: byte
             * @description The first 64 KiB of the body, base64; redacted fields are masked in it
             */
            body: string;
            /** @description The body as text, if it is UTF-8 */
            bodyText: string | null;
            /** @description True when the body is longer than what is shown here */
            truncated: boolean;
        };
        RejectedPage: {
            items: components["schemas"]["RejectedMessageView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        CanaryView: {
            /** @description Number of events or keys that go first */
            size: number;
            /**
             * @description succeeded: all of them succeeded, and the rest follows. Null before the result
             * @enum {string|null}
             */
            outcome: "succeeded" | "failed" | null;
        };
        OperationFilterView: {
            /** @description Of a replay: event type */
            type?: string;
            /** @description Of a replay or resume */
            objectId?: number | string;
            /** @description Of a replay or resume */
            partitionKey?: string;
            /** @description Of a replay */
            status?: ("succeeded" | "failed" | "waiting" | "duplicate")[];
            /** @description Of a replay: only events with a failed handler */
            hasFailures?: boolean;
            /**
             * Format: date-time
             * @description Of a replay or resume
             */
            from?: string;
            /**
             * Format: date-time
             * @description Of a replay or resume
             */
            to?: string;
            /** @description Of a resume: the event */
            eventId?: string;
            /**
             * Format: uuid
             * @description Of a resume, retry or skip
             */
            handlerId?: string;
            /**
             * Format: uuid
             * @description Of a retry or skip
             */
            targetId?: string;
            /** @description Of a resume: event type */
            event?: string;
            /** @description Of a resume, retry or skip */
            reason?: string;
            /**
             * @description Of a resume
             * @enum {string}
             */
            reached?: "no" | "maybe" | "yes";
            /** @description Of a resume */
            assignee?: string;
            /** @description Of a retry or skip, such as 10m */
            waitingLongerThan?: string;
            /** @description Of a retry or skip */
            partitionKeys?: string[];
        };
        OperationView: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "replay" | "resume" | "retry" | "skip";
            /**
             * @description requested: no executor has begun. stopped: the canary failed, and the rest is untouched
             * @enum {string}
             */
            status: "requested" | "running" | "finished" | "stopped" | "cancelled";
            /** @description Events of a replay or resume, keys of a retry or skip; null before it has begun */
            total: number | null;
            /** @description Finished ones, including those with nothing left to do */
            done: number;
            succeeded: number;
            failed: number;
            /** @description Null: no canary */
            canary: components["schemas"]["CanaryView"] | null;
            /** @description The most that begin in a second; null: no limit */
            perSecond: number | null;
            note: string | null;
            /** @description The event of an operation on one event; else null */
            eventId: string | null;
            /** @description Number of failures that the request listed by id; null for an event or a filter */
            listed: number | null;
            /** @description Selects events, failures or keys; empty for an event or a list */
            filter: components["schemas"]["OperationFilterView"];
            /** @description Name of the API key or person that requested it */
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description When it finished, or was stopped
             */
            finishedAt: string | null;
            /** Format: date-time */
            cancelledAt: string | null;
        };
        OperationPage: {
            items: components["schemas"]["OperationView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        DeferredEventView: {
            /** @description As received from billing */
            id: string;
            type: string;
            objectId: number | string;
        };
        LastAttemptView: {
            /** @description From 1 */
            number: number;
            /** Format: date-time */
            startedAt: string;
            /** @description Stable code of the error */
            reason: string | null;
            /** @description The error in plain text */
            message: string | null;
            /** @description The beginning of the response, or the error */
            response: string;
        };
        DeferralView: {
            /** @description Partition key; of a detached execution its id */
            key: string;
            /** @description True for a detached execution, which retries in the background */
            detached: boolean;
            /** Format: date-time */
            waitingSince: string;
            /**
             * Format: date-time
             * @description When the next attempt is due
             */
            dueAt: string;
            /** @enum {string} */
            reason: "retry" | "resume" | "handler_busy" | "circuit_open" | "held" | "rate_limited" | "slow_key" | "held_long" | "behind" | "internal_error";
            /**
             * Format: uuid
             * @description The handler that the event waits for; null before its first handler
             */
            handlerId: string | null;
            handlerName: string | null;
            /** @description The next event of the key */
            event: components["schemas"]["DeferredEventView"];
            /** @description Attempts of that handler for that event so far; deferrals without a call do not count */
            attempts: number;
            /** @description Null before the first one */
            lastAttempt: components["schemas"]["LastAttemptView"] | null;
            /** @description Number of events of the key that wait behind the first one */
            behind: number;
            /** @description True while an executor works on it */
            running: boolean;
        };
        DeferralPage: {
            items: components["schemas"]["DeferralView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        DeferralFilterInput: {
            /**
             * Format: uuid
             * @description Id of the handler that the key waits for
             */
            handlerId?: string;
            /**
             * Format: uuid
             * @description Id of a target: keys that wait for a handler of it
             */
            targetId?: string;
            /** @description Why the key waits, or why its last attempt failed */
            reason?: string;
            /**
             * @description Only keys that have waited longer
             * @example 10m
             */
            waitingLongerThan?: string;
            /** @description Only these partition keys */
            partitionKeys?: string[];
        };
        DeferralPreviewInput: {
            /** @description Which keys; `{}` means every one */
            filter: components["schemas"]["DeferralFilterInput"];
        };
        DeferralPreviewView: {
            /** @description Number of waiting keys and detached executions */
            keys: number;
            /** @description Number of their waiting events */
            events: number;
        };
        DeferralOperationInput: {
            /** @description The reason, for other operators */
            note?: string;
            /** @description This number goes first; the rest follows if all of them succeed */
            canary?: number;
            /** @description The most that begin in a second; 250 by default */
            perSecond?: number;
            /** @description Which keys; `{}` means every one */
            filter: components["schemas"]["DeferralFilterInput"];
        };
        DeferralKeyView: {
            key: string;
        };
        SkippedHandlerView: {
            /** Format: uuid */
            handlerId: string;
            handlerName: string | null;
        };
        FailureView: {
            /** Format: uuid */
            executionId: string;
            /** @description As received from billing */
            eventId: string;
            /** @description Event type */
            event: string;
            objectId: number | string;
            partitionKey: string;
            /** Format: uuid */
            handlerId: string;
            handlerName: string | null;
            /** @enum {string} */
            taskType: "script" | "http" | "email";
            /** @description Stable code of the last attempt's error */
            reason: string;
            /** @description The error in plain text */
            message: string;
            /**
             * @description Whether its calls reached the target. maybe: a call was sent, and got no complete answer
             * @enum {string}
             */
            reached: "no" | "maybe" | "yes";
            /** @description Attempts so far */
            attempts: number;
            /** Format: date-time */
            failedAt: string;
            /** @description Handlers that did not run because of it, in order */
            skipped: components["schemas"]["SkippedHandlerView"][];
            /** @description Later events of the same key that have run since, counted up to 1,000 */
            laterEvents: number;
            /** @enum {string} */
            state: "open" | "settled";
            /** @enum {string|null} */
            settledAs: "succeeded" | "done_by_hand" | "ignored" | null;
            /** Format: date-time */
            settledAt: string | null;
            /** @description Name of the API key or person that settled it */
            settledBy: string | null;
            note: string | null;
            /** @description The person who works on it */
            assignee: string | null;
        };
        FailurePage: {
            items: components["schemas"]["FailureView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        FailureGroupView: {
            /** Format: uuid */
            handlerId: string;
            handlerName: string | null;
            /** @description Stable code of the error */
            reason: string;
            /** @description Failures of the group; with `state=settled` those that are settled */
            open: number;
            /** @description Failures whose call may have reached the target, but got no complete answer */
            maybe: number;
            /** @description Number of their partition keys */
            keys: number;
            /** Format: date-time */
            oldestAt: string;
            /** Format: date-time */
            newestAt: string;
        };
        FailureGroupList: {
            items: components["schemas"]["FailureGroupView"][];
        };
        FailureFilterInput: {
            /** @description Id of an event */
            eventId?: string;
            /**
             * Format: uuid
             * @description Id of a handler
             */
            handlerId?: string;
            /**
             * @description Id of an event type
             * @enum {string}
             */
            event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /** @description Stable code of the error */
            reason?: string;
            /**
             * @description Whether the call reached its target
             * @enum {string}
             */
            reached?: "no" | "maybe" | "yes";
            /** @description Id of the object; "12" finds the number and the string, 12 the number only */
            objectId?: string | number;
            /** @description Partition key */
            partitionKey?: string;
            /** @description The person who works on it */
            assignee?: string;
            /** @description An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of the attempts, in upper or lower case. Without `from`, text is searched in attempts of the last day */
            q?: string;
            /**
             * Format: date-time
             * @description Failed then or later
             */
            from?: string;
            /**
             * Format: date-time
             * @description Failed before
             */
            to?: string;
        };
        FailureSettlementInput: {
            /** @description These failures */
            executionIds?: string[];
            /** @description All that match; `{}` means every one */
            filter?: components["schemas"]["FailureFilterInput"];
            /** @description The reason, for other operators */
            note?: string;
            /**
             * @description done_by_hand: a person did the work of the handler. ignored: the work is not needed
             * @enum {string}
             */
            as: "done_by_hand" | "ignored";
        };
        ChangedFailuresView: {
            /** @description Number of changed failures */
            changed: number;
        };
        FailureReopenInput: {
            /** @description These failures */
            executionIds?: string[];
            /** @description All that match; `{}` means every one */
            filter?: components["schemas"]["FailureFilterInput"];
        };
        FailureAssignmentInput: {
            /** @description These failures */
            executionIds?: string[];
            /** @description All that match; `{}` means every one */
            filter?: components["schemas"]["FailureFilterInput"];
            /** @description The person who works on them; null: not assigned */
            assignee: string | null;
        };
        FailureResumeInput: {
            /** @description These failures */
            executionIds?: string[];
            /** @description All that match; `{}` means every one */
            filter?: components["schemas"]["FailureFilterInput"];
            /** @description The reason, for other operators */
            note?: string;
            /** @description This number goes first; the rest follows if all of them succeed */
            canary?: number;
            /** @description The most that begin in a second; 250 by default */
            perSecond?: number;
        };
        FailureResumePreviewInput: {
            /** @description These failures */
            executionIds?: string[];
            /** @description All that match; `{}` means every one */
            filter?: components["schemas"]["FailureFilterInput"];
        };
        FailureResumePreviewView: {
            /** @description Open failures that would be resumed */
            failures: number;
            /** @description Number of their events */
            events: number;
            /** @description Number of their partition keys */
            keys: number;
            /** @description Failures whose call may have reached the target, but got no complete answer: a resume may repeat it */
            maybe: number;
        };
        EventResumeInput: {
            /** @description The reason, for other operators */
            note?: string;
        };
        EventReplayInput: {
            /** @description The handlers to run; default: all enabled handlers of the event type */
            handlerIds?: string[];
            /** @description An edited copy, run in place of the event and recorded as a new event, in the order of the same key */
            event?: components["schemas"]["EventInput"];
        };
        ReplayFilterView: {
            type?: string;
            objectId?: number | string;
            partitionKey?: string;
            status?: ("succeeded" | "failed" | "waiting" | "duplicate")[];
            /** @description Only events with a failed handler */
            hasFailures?: boolean;
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            to?: string;
        };
        ReplayView: {
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description When it was requested; it has no later events
             */
            createdAt: string;
            /** @description The event of a replay of one event; else null */
            eventId: string | null;
            /** @description Selects events; empty for one event */
            filter: components["schemas"]["ReplayFilterView"];
            /** @description Null: every enabled handler */
            handlerIds: string[] | null;
            /** @description Id of the recorded copy; null if the event was not edited */
            editedEventId: string | null;
            /**
             * @description requested: no executor has begun. finished: all replayed events have ended
             * @enum {string}
             */
            status: "requested" | "running" | "finished" | "cancelled";
            /** @description Events in all; null before it has begun */
            total: number | null;
            /** @description Replayed events so far */
            published: number;
            /** @description Replayed events that succeeded */
            succeeded: number;
            /** @description Replayed events that failed */
            failed: number;
            /** @description Replayed events that wait in the slow lane */
            waiting: number;
            /** Format: date-time */
            cancelledAt: string | null;
            /** Format: date-time */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description Null until it is finished
             */
            finishedAt: string | null;
        };
        ReplayFilterInput: {
            /**
             * @description Id of an event type
             * @enum {string}
             */
            type?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
            /** @description Id of the object; "12" finds the number and the string, 12 the number only */
            objectId?: string | number;
            /** @description Partition key */
            partitionKey?: string;
            /** @description Any of these statuses, as a list or as text as in GET /events. Duplicates are not replayed */
            status?: ("succeeded" | "failed" | "waiting")[];
            /** @description Only events with a failed handler */
            hasFailures?: boolean;
            /**
             * Format: date-time
             * @description Received then or later
             */
            from?: string;
            /**
             * Format: date-time
             * @description Received before
             */
            to?: string;
        };
        ReplayInput: {
            /** @description Which events; `{}` means every event that was received before now and has run */
            filter: components["schemas"]["ReplayFilterInput"];
            /** @description The handlers to run; default: all enabled handlers of the event type */
            handlerIds?: string[];
        };
        ReplayPreviewInput: {
            /** @description Which events; `{}` means every event that was received before now and has run */
            filter: components["schemas"]["ReplayFilterInput"];
        };
        ReplayPreviewView: {
            /** @description Number of events that would be replayed */
            events: number;
            /** @description True when there are more; the count stops there */
            more: boolean;
        };
        ReplayPage: {
            items: components["schemas"]["ReplayView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        OverviewBucketView: {
            /** @description Median duration of the calls; null without a call */
            p50Ms: number | null;
            /** @description p95 duration of the calls; null without a call */
            p95Ms: number | null;
            /**
             * Format: date-time
             * @description When it begins
             */
            at: string;
            /** @description Received and replayed events, without duplicates */
            received: number;
            /** @description Received events that wait now */
            waiting: number;
            /** @description Executions that succeeded */
            succeeded: number;
            /** @description Executions that failed */
            failed: number;
            /** @description Failed attempts that are followed by a retry */
            retried: number;
        };
        ExecutionFiguresView: {
            succeeded: number;
            failed: number;
            /** @description Given up before they had run */
            skipped: number;
            /** @description Failed attempts that are followed by a retry */
            retried: number;
        };
        DurationFiguresView: {
            /** @description Median duration of the calls; null without a call */
            p50Ms: number | null;
            /** @description p95 duration of the calls; null without a call */
            p95Ms: number | null;
        };
        EventFiguresView: {
            /** @description Duplicates are not among them */
            received: number;
            succeeded: number;
            failed: number;
            waiting: number;
            /** @description Duplicates, which did not run */
            duplicates: number;
        };
        WaitingFiguresView: {
            /** @description Keys in the slow lane, see `/deferrals` */
            keys: number;
            /** @description Events of these keys */
            events: number;
            /**
             * Format: date-time
             * @description Since when the oldest key waits
             */
            oldestSince: string | null;
        };
        OpenFailuresView: {
            /** @description Open failures in all, see `/failures` */
            count: number;
            /** @description At most 5, the largest first */
            groups: components["schemas"]["FailureGroupView"][];
        };
        ExecutorFiguresView: {
            running: number;
            /** @description Executors without the newest revision */
            behind: number;
            /** @description The newest revision of the catalog */
            revision: number;
        };
        FailingHandlerView: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Executions in the window that failed */
            failed: number;
            /** @description Executions in the window that succeeded or failed */
            total: number;
        };
        HandlerFiguresView: {
            enabled: number;
            disabled: number;
            /** @description At most 10, the one with the greatest share of failures first */
            failing: components["schemas"]["FailingHandlerView"][];
        };
        HandlerNameView: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        TargetNameView: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        AttentionView: {
            /**
             * @description no_executor: no executor runs. circuit_open: the circuit breaker of a handler or target is open, and its events wait. executors_behind: executors have not loaded the newest revision. handlers_failing: half of a handler's executions in the window failed, or more. keys_waiting: keys wait for more than 60 minutes. messages_rejected: messages were rejected in the window
             * @enum {string}
             */
            kind: "no_executor" | "circuit_open" | "executors_behind" | "handlers_failing" | "keys_waiting" | "messages_rejected";
            /** @enum {string} */
            severity: "critical" | "warning";
            /** @description Number of handlers and targets, executors, keys or messages, depending on the kind */
            count: number;
            /**
             * Format: date-time
             * @description Null where it is not known
             */
            since: string | null;
            /** @description Handlers concerned, at most 10 */
            handlers: components["schemas"]["HandlerNameView"][];
            /** @description Targets concerned, at most 10 */
            targets: components["schemas"]["TargetNameView"][];
        };
        OverviewView: {
            /** @enum {string} */
            window: "hour" | "day";
            /**
             * Format: date-time
             * @description When the figures were counted; they are reused for a few seconds
             */
            asOf: string;
            /**
             * Format: date-time
             * @description When the window begins
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the last bucket
             */
            to: string;
            bucketSeconds: number;
            /** @description The oldest first; the last one is incomplete */
            buckets: components["schemas"]["OverviewBucketView"][];
            /** @description Executions that ended in the window */
            executions: components["schemas"]["ExecutionFiguresView"];
            /** @description Durations of calls in the window, from a sample of a few thousand */
            duration: components["schemas"]["DurationFiguresView"];
            /** @description Events received in the window, by their current status */
            events: components["schemas"]["EventFiguresView"];
            /** @description Now */
            waiting: components["schemas"]["WaitingFiguresView"];
            /** @description Now, whenever they failed */
            openFailures: components["schemas"]["OpenFailuresView"];
            /** @description Messages in the window that were no events */
            rejected: number;
            /** @description Now */
            executors: components["schemas"]["ExecutorFiguresView"];
            handlers: components["schemas"]["HandlerFiguresView"];
            /** @description What is held now and what comes within 8 days, see `/holds`: at most 10 */
            holds: components["schemas"]["HoldPeriodView"][];
            /** @description Problems that need attention, the most urgent first */
            attention: components["schemas"]["AttentionView"][];
        };
        LastOutcomeView: {
            /**
             * @description State of the execution after this attempt
             * @enum {string}
             */
            status: "succeeded" | "failed" | "waiting" | "skipped";
            /**
             * Format: date-time
             * @description When it began
             */
            at: string;
            /** @description Stable code of the error */
            reason: string | null;
        };
        OutcomeHourView: {
            succeeded: number;
            failed: number;
        };
        HandlerOutcomesView: {
            /** Format: uuid */
            handlerId: string;
            /** @description Of its latest attempt in the last 30 days */
            last: components["schemas"]["LastOutcomeView"] | null;
            /** @description Executions of the last day that succeeded */
            succeeded: number;
            /** @description Executions of the last day that failed */
            failed: number;
            /** @description The same for each of the last 24 hours; the last hour is incomplete */
            hours: components["schemas"]["OutcomeHourView"][];
        };
        HandlerOutcomesList: {
            /**
             * Format: date-time
             * @description When the figures were counted; they are reused for a few seconds
             */
            asOf: string;
            /**
             * Format: date-time
             * @description When the first hour begins
             */
            from: string;
            items: components["schemas"]["HandlerOutcomesView"][];
        };
        RecipeParameterView: {
            /** @description `KAMAILIO_URL`; `${KAMAILIO_URL}` stands for its value in the set */
            name: string;
            label: string;
            description: string;
            /** @description Used where no value is given; absent for a parameter that has to be given */
            default?: string;
            /** @description True for a password or token */
            secret: boolean;
            /** @description Regular expression that a whole value has to match */
            pattern?: string;
        };
        RecipeSummaryView: {
            /** @description `kamailio` */
            name: string;
            title: string;
            summary: string;
            parameters: components["schemas"]["RecipeParameterView"][];
        };
        RecipeList: {
            items: components["schemas"]["RecipeSummaryView"][];
        };
        RecipeSetView: {
            targets: {
                [key: string]: unknown;
            }[];
            handlers: {
                [key: string]: unknown;
            }[];
        };
        RecipeFileView: {
            name: string;
            text: string;
            /** @description True for a script */
            executable: boolean;
        };
        RecipeView: {
            /** @description `kamailio` */
            name: string;
            title: string;
            summary: string;
            parameters: components["schemas"]["RecipeParameterView"][];
            /** @description For `PUT /handlers/set`, once `${NAME}` is replaced in its texts */
            set: components["schemas"]["RecipeSetView"];
            /** @description The set as a file, `recipe.yaml` */
            text: string;
            /** @description Its guide, scripts and configuration */
            files: components["schemas"]["RecipeFileView"][];
        };
        AuditActorView: {
            /** @enum {string} */
            kind: "api_key" | "session" | "oidc";
            /** @description The API key's, or the subject of a token */
            id: string;
            name: string;
        };
        AuditSubjectView: {
            /** @enum {string} */
            type: "handler" | "target" | "event_type" | "api_key" | "session" | "event" | "replay" | "operation" | "failures" | "partition_key" | "catalog";
            id: string;
            /** @description The name at that time */
            name: string | null;
        };
        AuditEntryView: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["AuditActorView"];
            /** @description The address that the request came from */
            address: string;
            /** @enum {string} */
            action: "handler.create" | "handler.update" | "handler.archive" | "handler.restore" | "handler.order" | "handler.test" | "handler.signing_secret.make" | "handler.signing_secret.revoke" | "handler.hold" | "handler.release" | "target.create" | "target.update" | "target.delete" | "target.hold" | "target.release" | "target.probe" | "api_key.create" | "api_key.revoke" | "session.begin" | "session.end" | "event.publish" | "event.replay" | "event.resume" | "replay.create" | "replay.cancel" | "deferral.retry" | "deferral.skip" | "deferrals.retry" | "deferrals.skip" | "failures.settle" | "failures.reopen" | "failures.assign" | "failures.resume" | "operation.cancel" | "catalog.reload";
            subject: components["schemas"]["AuditSubjectView"];
            /** @description State before the change; secrets are shown as *** */
            before: {
                [key: string]: unknown;
            } | null;
            /** @description State after the change, or the request; secrets are shown as *** */
            after: {
                [key: string]: unknown;
            } | null;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntryView"][];
            /** @description Null on the last page */
            nextCursor: string | null;
        };
        ScriptView: {
            /**
             * @description As a handler names it
             * @example print_event.sh
             */
            path: string;
            /** @description False when an executor that has it does not run it */
            runnable: boolean;
            /**
             * @description Why not: the reason code that an attempt would have
             * @example script_not_executable
             */
            reason?: string;
            /** @description What is wrong, and how to correct it */
            hint?: string;
            /** @description Ids of the running executors that have it */
            executors: string[];
        };
        ReportingExecutorView: {
            /** Format: uuid */
            id: string;
            host: string;
            /** @description Its script folders, absolute */
            folders: string[];
            /** @description True when it has more scripts than it reports */
            truncated: boolean;
        };
        ScriptList: {
            /** @description By path */
            items: components["schemas"]["ScriptView"][];
            /** @description The running executors that have reported their scripts */
            executors: components["schemas"]["ReportingExecutorView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type FieldErrorView = components['schemas']['FieldErrorView'];
export type ProblemView = components['schemas']['ProblemView'];
export type CatalogExecutorView = components['schemas']['CatalogExecutorView'];
export type CatalogView = components['schemas']['CatalogView'];
export type RevisionView = components['schemas']['RevisionView'];
export type CircuitView = components['schemas']['CircuitView'];
export type ExecutorView = components['schemas']['ExecutorView'];
export type ExecutorList = components['schemas']['ExecutorList'];
export type ApiKeyView = components['schemas']['ApiKeyView'];
export type ApiKeyList = components['schemas']['ApiKeyList'];
export type ApiKeyInput = components['schemas']['ApiKeyInput'];
export type MadeApiKeyView = components['schemas']['MadeApiKeyView'];
export type SignInInput = components['schemas']['SignInInput'];
export type SessionView = components['schemas']['SessionView'];
export type ScriptTaskInput = components['schemas']['ScriptTaskInput'];
export type HttpTlsInput = components['schemas']['HttpTlsInput'];
export type HttpTaskInput = components['schemas']['HttpTaskInput'];
export type EmailTaskInput = components['schemas']['EmailTaskInput'];
export type RetryInput = components['schemas']['RetryInput'];
export type OutcomeRuleInput = components['schemas']['OutcomeRuleInput'];
export type HoldWindowInput = components['schemas']['HoldWindowInput'];
export type CreateHandlerInput = components['schemas']['CreateHandlerInput'];
export type ScriptTaskView = components['schemas']['ScriptTaskView'];
export type HttpTlsView = components['schemas']['HttpTlsView'];
export type HttpTaskView = components['schemas']['HttpTaskView'];
export type EmailTaskView = components['schemas']['EmailTaskView'];
export type RetryView = components['schemas']['RetryView'];
export type OutcomeRuleView = components['schemas']['OutcomeRuleView'];
export type HoldWindowView = components['schemas']['HoldWindowView'];
export type HoldView = components['schemas']['HoldView'];
export type SigningSecretView = components['schemas']['SigningSecretView'];
export type ChangedHandlerView = components['schemas']['ChangedHandlerView'];
export type HandlerView = components['schemas']['HandlerView'];
export type HandlerPage = components['schemas']['HandlerPage'];
export type HandlerOrderInput = components['schemas']['HandlerOrderInput'];
export type HandlerOrderView = components['schemas']['HandlerOrderView'];
export type PatchHandlerInput = components['schemas']['PatchHandlerInput'];
export type DraftHandlerInput = components['schemas']['DraftHandlerInput'];
export type DraftAnswerInput = components['schemas']['DraftAnswerInput'];
export type EventHeadInput = components['schemas']['EventHeadInput'];
export type EventInput = components['schemas']['EventInput'];
export type DraftPreviewBody = components['schemas']['DraftPreviewBody'];
export type JudgementView = components['schemas']['JudgementView'];
export type ScriptRunView = components['schemas']['ScriptRunView'];
export type EmailPreviewView = components['schemas']['EmailPreviewView'];
export type RequestView = components['schemas']['RequestView'];
export type DraftPreviewView = components['schemas']['DraftPreviewView'];
export type HandlerTestInput = components['schemas']['HandlerTestInput'];
export type RequestPreviewView = components['schemas']['RequestPreviewView'];
export type TargetRateView = components['schemas']['TargetRateView'];
export type TargetInSetView = components['schemas']['TargetInSetView'];
export type HandlerInSetView = components['schemas']['HandlerInSetView'];
export type HandlerSetView = components['schemas']['HandlerSetView'];
export type HandlerInSetInput = components['schemas']['HandlerInSetInput'];
export type BasicAuthInput = components['schemas']['BasicAuthInput'];
export type ClientCredentialsAuthInput = components['schemas']['ClientCredentialsAuthInput'];
export type TargetRateInput = components['schemas']['TargetRateInput'];
export type TargetInSetInput = components['schemas']['TargetInSetInput'];
export type HandlerSetInput = components['schemas']['HandlerSetInput'];
export type HandlerSetChangeView = components['schemas']['HandlerSetChangeView'];
export type TargetSetChangeView = components['schemas']['TargetSetChangeView'];
export type TargetSetResultView = components['schemas']['TargetSetResultView'];
export type HandlerSetResultView = components['schemas']['HandlerSetResultView'];
export type TestedAttemptView = components['schemas']['TestedAttemptView'];
export type SigningSecretInput = components['schemas']['SigningSecretInput'];
export type MadeSigningSecretView = components['schemas']['MadeSigningSecretView'];
export type CreateTargetInput = components['schemas']['CreateTargetInput'];
export type BasicAuthView = components['schemas']['BasicAuthView'];
export type ClientCredentialsAuthView = components['schemas']['ClientCredentialsAuthView'];
export type TargetView = components['schemas']['TargetView'];
export type TargetPage = components['schemas']['TargetPage'];
export type PatchTargetInput = components['schemas']['PatchTargetInput'];
export type ProbedKeyView = components['schemas']['ProbedKeyView'];
export type ExtractTargetInput = components['schemas']['ExtractTargetInput'];
export type ExtractedTargetView = components['schemas']['ExtractedTargetView'];
export type HoldSubjectView = components['schemas']['HoldSubjectView'];
export type HeldEventsView = components['schemas']['HeldEventsView'];
export type HoldPeriodView = components['schemas']['HoldPeriodView'];
export type HoldList = components['schemas']['HoldList'];
export type HoldForecastInput = components['schemas']['HoldForecastInput'];
export type ForecastWeekView = components['schemas']['ForecastWeekView'];
export type HoldForecastView = components['schemas']['HoldForecastView'];
export type HoldInput = components['schemas']['HoldInput'];
export type AcceptedEvent = components['schemas']['AcceptedEvent'];
export type ResumePlanInput = components['schemas']['ResumePlanInput'];
export type PlannedEventView = components['schemas']['PlannedEventView'];
export type PlannedHandlerView = components['schemas']['PlannedHandlerView'];
export type NotRunHandlerView = components['schemas']['NotRunHandlerView'];
export type EventPlanView = components['schemas']['EventPlanView'];
export type EventTypeView = components['schemas']['EventTypeView'];
export type EventTypeList = components['schemas']['EventTypeList'];
export type NoticeSubjectView = components['schemas']['NoticeSubjectView'];
export type NoticeFirstView = components['schemas']['NoticeFirstView'];
export type OpenTroubleView = components['schemas']['OpenTroubleView'];
export type NoticeView = components['schemas']['NoticeView'];
export type NoticePage = components['schemas']['NoticePage'];
export type EventView = components['schemas']['EventView'];
export type EventPage = components['schemas']['EventPage'];
export type WaitingView = components['schemas']['WaitingView'];
export type EventRunView = components['schemas']['EventRunView'];
export type AttemptView = components['schemas']['AttemptView'];
export type EventExecutionView = components['schemas']['EventExecutionView'];
export type EventDetailsView = components['schemas']['EventDetailsView'];
export type ExecutionView = components['schemas']['ExecutionView'];
export type ExecutionPage = components['schemas']['ExecutionPage'];
export type RejectedMessageView = components['schemas']['RejectedMessageView'];
export type RejectedPage = components['schemas']['RejectedPage'];
export type CanaryView = components['schemas']['CanaryView'];
export type OperationFilterView = components['schemas']['OperationFilterView'];
export type OperationView = components['schemas']['OperationView'];
export type OperationPage = components['schemas']['OperationPage'];
export type DeferredEventView = components['schemas']['DeferredEventView'];
export type LastAttemptView = components['schemas']['LastAttemptView'];
export type DeferralView = components['schemas']['DeferralView'];
export type DeferralPage = components['schemas']['DeferralPage'];
export type DeferralFilterInput = components['schemas']['DeferralFilterInput'];
export type DeferralPreviewInput = components['schemas']['DeferralPreviewInput'];
export type DeferralPreviewView = components['schemas']['DeferralPreviewView'];
export type DeferralOperationInput = components['schemas']['DeferralOperationInput'];
export type DeferralKeyView = components['schemas']['DeferralKeyView'];
export type SkippedHandlerView = components['schemas']['SkippedHandlerView'];
export type FailureView = components['schemas']['FailureView'];
export type FailurePage = components['schemas']['FailurePage'];
export type FailureGroupView = components['schemas']['FailureGroupView'];
export type FailureGroupList = components['schemas']['FailureGroupList'];
export type FailureFilterInput = components['schemas']['FailureFilterInput'];
export type FailureSettlementInput = components['schemas']['FailureSettlementInput'];
export type ChangedFailuresView = components['schemas']['ChangedFailuresView'];
export type FailureReopenInput = components['schemas']['FailureReopenInput'];
export type FailureAssignmentInput = components['schemas']['FailureAssignmentInput'];
export type FailureResumeInput = components['schemas']['FailureResumeInput'];
export type FailureResumePreviewInput = components['schemas']['FailureResumePreviewInput'];
export type FailureResumePreviewView = components['schemas']['FailureResumePreviewView'];
export type EventResumeInput = components['schemas']['EventResumeInput'];
export type EventReplayInput = components['schemas']['EventReplayInput'];
export type ReplayFilterView = components['schemas']['ReplayFilterView'];
export type ReplayView = components['schemas']['ReplayView'];
export type ReplayFilterInput = components['schemas']['ReplayFilterInput'];
export type ReplayInput = components['schemas']['ReplayInput'];
export type ReplayPreviewInput = components['schemas']['ReplayPreviewInput'];
export type ReplayPreviewView = components['schemas']['ReplayPreviewView'];
export type ReplayPage = components['schemas']['ReplayPage'];
export type OverviewBucketView = components['schemas']['OverviewBucketView'];
export type ExecutionFiguresView = components['schemas']['ExecutionFiguresView'];
export type DurationFiguresView = components['schemas']['DurationFiguresView'];
export type EventFiguresView = components['schemas']['EventFiguresView'];
export type WaitingFiguresView = components['schemas']['WaitingFiguresView'];
export type OpenFailuresView = components['schemas']['OpenFailuresView'];
export type ExecutorFiguresView = components['schemas']['ExecutorFiguresView'];
export type FailingHandlerView = components['schemas']['FailingHandlerView'];
export type HandlerFiguresView = components['schemas']['HandlerFiguresView'];
export type HandlerNameView = components['schemas']['HandlerNameView'];
export type TargetNameView = components['schemas']['TargetNameView'];
export type AttentionView = components['schemas']['AttentionView'];
export type OverviewView = components['schemas']['OverviewView'];
export type LastOutcomeView = components['schemas']['LastOutcomeView'];
export type OutcomeHourView = components['schemas']['OutcomeHourView'];
export type HandlerOutcomesView = components['schemas']['HandlerOutcomesView'];
export type HandlerOutcomesList = components['schemas']['HandlerOutcomesList'];
export type RecipeParameterView = components['schemas']['RecipeParameterView'];
export type RecipeSummaryView = components['schemas']['RecipeSummaryView'];
export type RecipeList = components['schemas']['RecipeList'];
export type RecipeSetView = components['schemas']['RecipeSetView'];
export type RecipeFileView = components['schemas']['RecipeFileView'];
export type RecipeView = components['schemas']['RecipeView'];
export type AuditActorView = components['schemas']['AuditActorView'];
export type AuditSubjectView = components['schemas']['AuditSubjectView'];
export type AuditEntryView = components['schemas']['AuditEntryView'];
export type AuditPage = components['schemas']['AuditPage'];
export type ScriptView = components['schemas']['ScriptView'];
export type ReportingExecutorView = components['schemas']['ReportingExecutorView'];
export type ScriptList = components['schemas']['ScriptList'];
export type $defs = Record<string, never>;
export interface operations {
    getCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    reloadCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RabbitMQ has confirmed the request */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevisionView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listExecutors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutorList"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeApiKeyView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description HttpOnly; SameSite=Strict */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listHandlers: {
        parameters: {
            query?: {
                /** @description Id of an event type */
                event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
                /** @description Type of the task */
                type?: "script" | "http" | "email";
                /** @description Id of the target that they call */
                target?: string;
                /** @description Without it: enabled and disabled, not archived: enabled, disabled, archived. Several, separated by commas */
                status?: string;
                /** @description Part of the name, the description, the URL or the path, in upper or lower case */
                q?: string;
                /** @description Order, the first key first; a - before a key reverses it: priority, -priority, name, -name, event, -event, status, -status, createdAt, -createdAt, updatedAt, -updatedAt. Several, separated by commas */
                sort?: string;
                /** @description From 1 */
                page?: number;
                /** @description Most items on a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createHandler: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateHandlerInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    /** @description Address of the new resource */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedHandlerView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    orderHandlers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandlerOrderInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerOrderView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that you have */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    archiveHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    patchHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchHandlerInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedHandlerView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description W3C trace context of the event */
                traceparent?: string;
                /** @description Partition key of the event */
                "partition-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftPreviewBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPreviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description W3C trace context of the event */
                traceparent?: string;
                /** @description Partition key of the event */
                "partition-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HandlerTestInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPreviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getHandlerSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The revision of the catalog */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerSetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    applyHandlerSet: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandlerSetInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The revision of the catalog */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerSetResultView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewHandlerSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandlerSetInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The revision of the catalog */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerSetResultView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    testHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description W3C trace context, passed on to the handler */
                traceparent?: string;
                /** @description Partition key for the journal; a test neither waits for other events of the key nor delays them */
                "partition-key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["HandlerTestInput"];
            };
        };
        responses: {
            /** @description The attempt, successful or not */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedAttemptView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    makeSigningSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SigningSecretInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeSigningSecretView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    revokeSigningSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                secretId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listTargets: {
        parameters: {
            query?: {
                /** @description Part of the name, the description or the base URL, in upper or lower case */
                q?: string;
                /** @description Order, the first key first; a - before a key reverses it: name, -name, baseUrl, -baseUrl, createdAt, -createdAt, updatedAt, -updatedAt. Several, separated by commas */
                sort?: string;
                /** @description From 1 */
                page?: number;
                /** @description Most items on a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createTarget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTargetInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    /** @description Address of the new resource */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version that you have */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    deleteTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    patchTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTargetInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    probeTarget: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An executor carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbedKeyView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    extractTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtractTargetInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description Address of the new resource */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtractedTargetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldList"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    forecastHold: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldForecastInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldForecastView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    holdHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    releaseHandler: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    holdTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TargetView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    releaseTarget: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the version to change */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It was changed since it was read */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Id of an event type */
                type?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
                /** @description Id of the object; 12 finds the number and the string; at most 255 bytes of UTF-8 */
                objectId?: string;
                /** @description Partition key; at most 255 bytes of UTF-8 */
                partitionKey?: string;
                /** @description Where it stands: succeeded, failed, waiting, duplicate. Several, separated by commas */
                status?: string;
                /** @description true: only events of which a handler has failed, also while others wait or are retried; false: only the others */
                hasFailures?: boolean;
                /** @description Id of a replay: the events that it sent again */
                replayId?: string;
                /** @description An event id, object id, partition key or indexed value, exactly; or text in messages and answers of attempts that did not succeed, in upper or lower case. Without `from`, text is searched in attempts of the last day */
                q?: string;
                /** @description Indexed field (SEARCH_FIELDS), colon, exact value, such as phone:+49151. `GET /catalog` lists the fields */
                lookup?: string;
                /** @description Received then or later */
                from?: string;
                /** @description Received before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    publishEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description W3C trace context, passed on to the handlers */
                traceparent?: string;
                /** @description Events with the same key run one after another; the client's id by convention. At most 255 bytes of UTF-8 */
                "partition-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventInput"];
                "application/cloudevents+json": components["schemas"]["EventInput"];
            };
        };
        responses: {
            /** @description RabbitMQ has confirmed it */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    planEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Events with the same key run one after another; the client's id by convention. At most 255 bytes of UTF-8 */
                "partition-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventInput"] | components["schemas"]["ResumePlanInput"];
                "application/cloudevents+json": components["schemas"]["EventInput"] | components["schemas"]["ResumePlanInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPlanView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypeList"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description Types of the notices: provisor.failure.opened, provisor.failures.cleared, provisor.circuit.opened, provisor.circuit.closed, provisor.key.stuck, provisor.key.freed, provisor.message.rejected, provisor.executor.lost, provisor.executors.none, provisor.executors.back. Several, separated by commas */
                type?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDetailsView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listExecutions: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Id of an event type */
                event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
                /** @description Id of a handler */
                handlerId?: string;
                /** @description Type of the task */
                type?: "script" | "http" | "email";
                /** @description Where it stands: succeeded, failed, waiting, skipped. Several, separated by commas */
                status?: string;
                /** @description Whether the latest attempt reached its target */
                reached?: "no" | "maybe" | "yes";
                /** @description Id of the object; 12 finds the number and the string */
                objectId?: string;
                /** @description An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of attempts that did not succeed, in upper or lower case. Without `from`, text is searched in attempts of the last day */
                q?: string;
                /** @description Latest attempt begun then or later */
                from?: string;
                /** @description Latest attempt begun before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExecutionPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listRejected: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Why it was rejected */
                reason?: "too_large" | "unsupported_content_type" | "not_utf8" | "not_json" | "too_deep" | "wrong_shape" | "unknown_event_type" | "bad_header" | "wrong_partition" | "internal_error";
                /** @description Routing key with which it was published; at most 255 bytes of UTF-8 */
                routingKey?: string;
                /** @description Rejected then or later */
                from?: string;
                /** @description Rejected before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getRejected: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedMessageView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getRejectedBody: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listOperations: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description The kind of action: replay, resume, retry, skip. Several, separated by commas */
                kind?: string;
                /** @description Where it stands: requested, running, finished, stopped, cancelled. Several, separated by commas */
                status?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    cancelOperation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listDeferrals: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description Id of the handler that the key waits for */
                handlerId?: string;
                /** @description Id of a target: keys that wait for a handler of it */
                targetId?: string;
                /** @description Why the key waits, or why its last attempt failed */
                reason?: string;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeferralPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewDeferrals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeferralPreviewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeferralPreviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    retryDeferrals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeferralOperationInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; read it again to see how far it is */
            202: {
                headers: {
                    /** @description URL of the operation */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    skipDeferrals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeferralOperationInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; read it again to see how far it is */
            202: {
                headers: {
                    /** @description URL of the operation */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    retryDeferral: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An executor carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeferralKeyView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    skipDeferral: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An executor carries it out */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeferralKeyView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listFailures: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Id of an event */
                eventId?: string;
                /** @description Id of a handler */
                handlerId?: string;
                /** @description Id of an event type */
                event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
                /** @description Stable code of the error */
                reason?: string;
                /** @description Whether the call reached its target */
                reached?: "no" | "maybe" | "yes";
                /** @description Partition key */
                partitionKey?: string;
                /** @description The person who works on it */
                assignee?: string;
                /** @description An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of the attempts, in upper or lower case. Without `from`, text is searched in attempts of the last day */
                q?: string;
                /** @description open: no person has settled it, and no later attempt has succeeded */
                state?: "open" | "settled";
                /** @description Id of the object; 12 finds the number and the string */
                objectId?: string;
                /** @description Failed then or later */
                from?: string;
                /** @description Failed before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailurePage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listFailureGroups: {
        parameters: {
            query?: {
                /** @description Id of an event */
                eventId?: string;
                /** @description Id of a handler */
                handlerId?: string;
                /** @description Id of an event type */
                event?: "clients.create" | "clients.update" | "clients.delete" | "clients.archive" | "clients.custom_fields.update" | "clients.balance_notzero" | "clients.balance_zero" | "clients.accounts.create" | "clients.accounts.update" | "clients.accounts.delete" | "clients.packages.assign" | "clients.packages.activate" | "clients.packages.deactivate" | "clients.packages.renew" | "clients.packages.close" | "provisor.failure.opened" | "provisor.failures.cleared" | "provisor.circuit.opened" | "provisor.circuit.closed" | "provisor.key.stuck" | "provisor.key.freed" | "provisor.message.rejected" | "provisor.executor.lost" | "provisor.executors.none" | "provisor.executors.back";
                /** @description Stable code of the error */
                reason?: string;
                /** @description Whether the call reached its target */
                reached?: "no" | "maybe" | "yes";
                /** @description Partition key */
                partitionKey?: string;
                /** @description The person who works on it */
                assignee?: string;
                /** @description An execution id, event id, object id, partition key or indexed value, exactly; or text in messages and answers of the attempts, in upper or lower case. Without `from`, text is searched in attempts of the last day */
                q?: string;
                /** @description open: no person has settled it, and no later attempt has succeeded */
                state?: "open" | "settled";
                /** @description Id of the object; 12 finds the number and the string */
                objectId?: string;
                /** @description Failed then or later */
                from?: string;
                /** @description Failed before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureGroupList"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    settleFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureSettlementInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedFailuresView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    reopenFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureReopenInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedFailuresView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    assignFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureAssignmentInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedFailuresView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    resumeFailures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureResumeInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; read it again to see how far it is */
            202: {
                headers: {
                    /** @description URL of the operation */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewResume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FailureResumePreviewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureResumePreviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    resumeEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventResumeInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; read it again to see how far it is */
            202: {
                headers: {
                    /** @description URL of the operation */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description It is at odds with what is there; `type` says how */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    replayEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EventReplayInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; GET it again for its progress */
            202: {
                headers: {
                    /** @description Address of the new resource */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listReplays: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    createReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayInput"];
            };
        };
        responses: {
            /** @description An executor carries it out; GET it again for its progress */
            202: {
                headers: {
                    /** @description Address of the new resource */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    previewReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayPreviewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayPreviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The body is of a type that is not taken */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    cancelReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: {
                /** @description The last hour by minutes, or the last day by hours */
                window?: "hour" | "day";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewView"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listHandlerOutcomes: {
        parameters: {
            query?: {
                /** @description Ids of handlers; without it all that are not archived. Several, separated by commas */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandlerOutcomesList"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listRecipes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeList"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    getRecipe: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecipeView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Most items on a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Id or name of the actor */
                actor?: string;
                /** @description The action: handler.create, handler.update, handler.archive, handler.restore, handler.order, handler.test, handler.signing_secret.make, handler.signing_secret.revoke, handler.hold, handler.release, target.create, target.update, target.delete, target.hold, target.release, target.probe, api_key.create, api_key.revoke, session.begin, session.end, event.publish, event.replay, event.resume, replay.create, replay.cancel, deferral.retry, deferral.skip, deferrals.retry, deferrals.skip, failures.settle, failures.reopen, failures.assign, failures.resume, operation.cancel, catalog.reload. Several, separated by commas */
                action?: string;
                /** @description Id or name of the changed thing */
                subject?: string;
                /** @description Done at this time or later */
                from?: string;
                /** @description Done before this time */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description An input does not fit; `errors` names every field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    listScripts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScriptList"];
                };
            };
            /** @description No API key, or one that opens nothing */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description The role does not reach, or a page of another host made the request */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too many wrong keys came from this address; see Retry-After */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description RabbitMQ, PostgreSQL or an executor that is needed cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
}
