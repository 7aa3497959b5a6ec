// Generated from the code by `npm run docs`; a test fails when it is out of date.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Clients: create */
        "clients.create": {
            /** @description Id of the object in the billing system */
            id: number | string;
            name?: string;
            status?: string;
            balance?: number;
            currency?: string;
            custom_fields?: Record<string, unknown>;
        } & {
            [key: string]: unknown;
        };
        /** Clients: update */
        "clients.update": {
            /** @description Id of the object in the billing system */
            id: number | string;
            name?: string;
            status?: string;
            balance?: number;
            currency?: string;
            custom_fields?: Record<string, unknown>;
        } & {
            [key: string]: unknown;
        };
        /**
         * Clients: delete
         * @description Billing sends an empty object here: event.object_id names the object
         */
        "clients.delete": {
            [key: string]: unknown;
        };
        /**
         * Clients: archive
         * @description Billing sends an empty object here: event.object_id names the object
         */
        "clients.archive": {
            [key: string]: unknown;
        };
        /** Clients: custom fields update */
        "clients.custom_fields.update": {
            /** @description Id of the object in the billing system */
            id: number | string;
            name?: string;
            status?: string;
            balance?: number;
            currency?: string;
            custom_fields?: Record<string, unknown>;
        } & {
            [key: string]: unknown;
        };
        /**
         * Clients: balance became >=0
         * @description Billing sends an empty object here: event.object_id names the object
         */
        "clients.balance_notzero": {
            [key: string]: unknown;
        };
        /**
         * Clients: balance became <=0
         * @description Billing sends an empty object here: event.object_id names the object
         */
        "clients.balance_zero": {
            [key: string]: unknown;
        };
        /** Accounts: create */
        "clients.accounts.create": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            name?: string;
            type?: string;
            ip?: string;
            auth_name?: string;
        } & {
            [key: string]: unknown;
        };
        /** Accounts: update */
        "clients.accounts.update": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            name?: string;
            type?: string;
            ip?: string;
            auth_name?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * Accounts: delete
         * @description Billing sends an empty object here: event.object_id names the object
         */
        "clients.accounts.delete": {
            [key: string]: unknown;
        };
        /** Clients Packages: assign */
        "clients.packages.assign": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            /** @description Id of the object in the billing system */
            packages_id?: number | string;
            start_dt?: string;
            end_dt?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Clients Packages: activate */
        "clients.packages.activate": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            /** @description Id of the object in the billing system */
            packages_id?: number | string;
            start_dt?: string;
            end_dt?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Clients Packages: deactivate */
        "clients.packages.deactivate": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            /** @description Id of the object in the billing system */
            packages_id?: number | string;
            start_dt?: string;
            end_dt?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Clients Packages: renew */
        "clients.packages.renew": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            /** @description Id of the object in the billing system */
            packages_id?: number | string;
            start_dt?: string;
            end_dt?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Clients Packages: close */
        "clients.packages.close": {
            /** @description Id of the object in the billing system */
            id: number | string;
            /** @description Id of the object in the billing system */
            clients_id?: number | string;
            /** @description Id of the object in the billing system */
            packages_id?: number | string;
            start_dt?: string;
            end_dt?: string | null;
        } & {
            [key: string]: unknown;
        };
        /** Provisor: failure opened */
        "provisor.failure.opened": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: failures cleared */
        "provisor.failures.cleared": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: circuit breaker opened */
        "provisor.circuit.opened": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: circuit breaker closed */
        "provisor.circuit.closed": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: key stuck */
        "provisor.key.stuck": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: key freed */
        "provisor.key.freed": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: message rejected */
        "provisor.message.rejected": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: executor lost */
        "provisor.executor.lost": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: no executor runs */
        "provisor.executors.none": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** Provisor: executors are back */
        "provisor.executors.back": {
            subject: {
                /** @description handler, target, reason, executor, installation */
                type: string;
                id: string;
                name: string;
            };
            /**
             * Format: date-time
             * @description When the trouble began
             */
            since: string;
            /** @description How many it stands for */
            count: number;
            reason: string | null;
            message: string;
            /** @description The page of the console that leads to it */
            link: string;
            /** @description How long the trouble has lasted, as handlers wait for it */
            lasting?: string | null;
            first: {
                eventId: string | null;
                event?: string;
                executionId?: string;
                partitionKey?: string;
                handlerId?: string;
                executorId?: string;
                rejectedId?: string;
                /** Format: date-time */
                at?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
