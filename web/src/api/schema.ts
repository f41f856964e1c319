// SPDX-License-Identifier: Apache-2.0
// Generated from api/openapi.yaml by `npm run api`; do not edit.
export interface paths {
    "/api/v1/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Program, version, BLAS library */
        get: operations["version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Worlds by id */
        get: operations["listWorlds"];
        put?: never;
        /** Read, check and store a table; at most 256 MiB within 60 s */
        post: operations["uploadWorld"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/worlds/{world}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: components["parameters"]["world"];
            };
            cookie?: never;
        };
        /** Labels, provenance and totals of a world */
        get: operations["showWorld"];
        put?: never;
        post?: never;
        /** Remove an uploaded world */
        delete: operations["removeWorld"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/depend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** On whom buyers depend; answers at once, as `linchpin depend` */
        post: operations["depend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/measures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measures of dependence, what each says and what it is not for */
        get: operations["listMeasures"];
        put?: never;
        /** Measures of one world, or of several years of one (a panel); answers at once, as `linchpin depend --measure` */
        post: operations["measure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a buyer needs by tier of supply, between regions (for a flow diagram); answers at once */
        post: operations["tiers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disrupt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What breaks under a scenario; into the queue, as `linchpin disrupt` */
        post: operations["disrupt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/equilibrium": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where trade settles; into the queue, as `linchpin equilibrium` */
        post: operations["equilibrium"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a study; into the queue, as `linchpin run`. Its world is an id, never a path; it names no files */
        post: operations["study"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/localize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** When a country can make a technology itself; into the queue, as `linchpin localize` */
        post: operations["localize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Computing power under export controls and what holds it back; answers at once, as `linchpin compute` */
        post: operations["compute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/power": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Power of regions over each other; into the queue, as `linchpin leverage power` */
        post: operations["leveragePower"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/chokepoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Links whose denial hurts a target most; into the queue, as `linchpin leverage chokepoints` */
        post: operations["leverageChokepoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/defend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a target should fix first; into the queue, as `linchpin leverage defend` */
        post: operations["leverageDefend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/game": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Equilibria of a threat game and play of a ladder; into the queue, as `linchpin leverage game` */
        post: operations["leverageGame"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/supply-tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who could deny which stages of a technology to a country; answers at once, as `linchpin leverage chokepoints --technology` */
        post: operations["leverageSupplyTree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/bargain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What two sides would agree on with a break of all trade as threat; into the queue, as `linchpin leverage bargain` */
        post: operations["leverageBargain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/signal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a target shows by buying less from those who could threaten it; into the queue, as `linchpin leverage signal` */
        post: operations["leverageSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leverage/frontier": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What less exposure to rivals costs a buyer; into the queue, as `linchpin leverage frontier` */
        post: operations["leverageFrontier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shipped studies, and the technologies with their presets */
        get: operations["examples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** All that is wrong with a text, as the request that runs it would say; answers at once */
        post: operations["validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The history, newest first, fifty at a time */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** State and progress of a run */
        get: operations["showRun"];
        put?: never;
        post?: never;
        /** Remove an ended run with its results */
        delete: operations["removeRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a run to stop, for all who follow it */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/leave": {
        parameters: {
            query: {
                /** @description The `follower` of the run that the question was answered with */
                follower: number;
            };
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that one needs a run no longer. The same question asked twice is one run with two followers; it is cancelled when the last
         *     one has left. To leave twice, or a run that has ended, changes nothing
         */
        post: operations["leaveRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/request": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** What was posted for a run, to ask it again; 404 for results named with --results */
        get: operations["runRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/events": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** Server-sent events: `event: run` with the run at every change; eight streams at a time, 429 beyond */
        get: operations["runEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/results.json": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** What the command prints with --json; gzipped for clients that take it */
        get: operations["runResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/results": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** The same document with only some of its tables */
        get: operations["runResultsWithTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/results.nc": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** All tables of a run as NetCDF-4; 404 where the run has only its JSON document */
        get: operations["runNetcdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** The report of a study, in a sandbox */
        get: operations["runReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        /** Names of the tables of a run; 404 where the run has only its JSON document */
        get: operations["runTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/runs/{run}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
                table: string;
            };
            cookie?: never;
        };
        /** One table as CSV; formulas in texts are defused */
        get: operations["runTable"];
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
        /** @description Regions or industries; all if empty */
        Parties: string[];
        /** @description Runs over the uncertain numbers; needs seed */
        LeverageDraws: number;
        /** @description Runs over the uncertain numbers; needs seed */
        Draws: number;
        /** @description Of the draws, a whole number that JavaScript can write */
        Seed: number;
        /**
         * @description How draws are spread; left out: by their number
         * @enum {unknown}
         */
        Design: "sobol" | "latin_hypercube" | "saltelli" | "stroud";
        Name: {
            name: string;
            version: number;
        };
        ErrorBody: {
            code: string;
            what: string;
            where: string;
            hint: string;
            further?: components["schemas"]["ErrorBody"][];
        };
        Error: {
            error: components["schemas"]["ErrorBody"];
        };
        Version: {
            schema: components["schemas"]["Name"];
            /** @constant */
            program: "linchpin";
            version: string;
            /** @constant */
            api: 1;
            blas: string;
        };
        Worlds: {
            schema: components["schemas"]["Name"];
            worlds: {
                id: string;
                /** @enum {unknown} */
                kind: "built-in" | "named" | "uploaded";
            }[];
        };
        World: {
            schema: components["schemas"]["Name"];
            regions: Record<string, never>[];
            sectors: Record<string, never>[];
            industries: number;
        };
        Upload: {
            schema: components["schemas"]["Name"];
            /** @description The id; null if it was not stored */
            world: string | null;
            regions: number;
            sectors: number;
            findings: {
                /** @enum {unknown} */
                severity: "warning" | "error";
            }[];
            error?: components["schemas"]["ErrorBody"];
        };
        Answer: {
            schema: components["schemas"]["Name"];
            /** @description With `world`, but for questions about none */
            origin: Record<string, never>;
        };
        PartOfAnswer: {
            schema: components["schemas"]["Name"];
            origin: Record<string, never>;
            /** @description Those that were named, in their order in the document */
            tables?: Record<string, never>[];
            /** @description All others */
            left_out: {
                name: string;
                title: string;
                rows: number;
            }[];
        };
        Measures: {
            schema: components["schemas"]["Name"];
            measures: {
                name: string;
                meaning: string;
                not_for: string;
                /** @description How many worlds one answer takes at least; change takes two */
                worlds: number;
                accepts: ("buyers" | "suppliers" | "detail" | "third_country" | "share" | "kind" | "resourced" | "rise")[];
            }[];
        };
        Tiers: {
            schema: components["schemas"]["Name"];
            buyer: string;
            unit: string;
            /** @description What `from` delivers as tier `tier` to `to`, which is of tier `tier` - 1 (tier 0: the buyer) */
            flows: {
                tier: number;
                /** @description A region */
                from: string;
                /** @description A region, at tier 1 the buyer's */
                to: string;
                value: number;
            }[];
            /** @description All deliveries of a tier, and those by other regions than the buyer's */
            tiers: {
                tier: number;
                value: number;
                foreign: number;
            }[];
            /** @description Deliveries of all further tiers together */
            beyond: number;
            origin: Record<string, never>;
        };
        Examples: {
            schema: components["schemas"]["Name"];
            studies: {
                name: string;
                /** @enum {unknown} */
                kind: "study" | "scenario" | "trade-scenario" | "autonomy" | "game";
                title: string;
                text: string;
            }[];
            technologies: {
                name: string;
                title: string;
                sector: string;
                stages: string[];
                uses: string[];
                presets: string[];
            }[];
        };
        Validation: {
            schema: components["schemas"]["Name"];
            valid: boolean;
            findings: {
                code: string;
                what: string;
                where: string;
                hint: string;
                /** @description Of the text; null where it is about none */
                line: number | null;
            }[];
        };
        Run: {
            schema: components["schemas"]["Name"];
            id: number;
            /** @enum {unknown} */
            kind: "study" | "disrupt" | "equilibrium" | "localize" | "leverage-power" | "leverage-chokepoints" | "leverage-defend" | "leverage-game" | "leverage-bargain" | "leverage-signal" | "leverage-frontier";
            /** @description The id; empty: the question is about none (a game) */
            world: string;
            title: string;
            /**
             * @description interrupted: the server stopped or was killed before the run ended
             * @enum {unknown}
             */
            status: "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";
            created: string;
            started: string | null;
            ended: string | null;
            error: components["schemas"]["ErrorBody"] | null;
            progress: {
                what: string;
                done: number;
                total: number;
            } | null;
            /** @description Only in the answer to a question, while its run has not ended: who asked, for /leave */
            follower?: number;
            links: {
                [key: string]: string;
            };
        };
        Runs: {
            schema: components["schemas"]["Name"];
            runs: components["schemas"]["Run"][];
            next: number | null;
        };
        Tables: {
            schema: components["schemas"]["Name"];
            tables: string[];
        };
    };
    responses: {
        /**
         * @description 400 malformed, 401 token (429 after ten wrong ones), 403 another site, 404 unknown, 405 method, 408 too slow, 409 not in this state, 411 no length,
         *     413 too large, 415 encoding or form, 421 host, 422 wrong data, 429 busy (with Retry-After), 500 a bug, 507 no room
         */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The same request has been answered or is being answered */
        Known: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Run"];
            };
        };
        /** @description A new run */
        Queued: {
            headers: {
                Location?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Run"];
            };
        };
    };
    parameters: {
        world: string;
        run: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    version: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listWorlds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Worlds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Worlds"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    uploadWorld: {
        parameters: {
            query?: {
                /** @description First part of the id */
                name?: string;
                /** @description As `linchpin table import --format`; recognised if left out */
                format?: string;
                /** @description Which table of an archive */
                member?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description Stored; the findings are warnings */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description Not stored; all that is wrong with it, as findings or as an error with `further` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"] | components["schemas"]["Error"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showWorld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: components["parameters"]["world"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Labels */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["World"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    removeWorld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                world: components["parameters"]["world"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    depend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description Regions or industries; all regions if empty */
                    buyers?: string[];
                    /** @default 10 */
                    top?: number;
                };
            };
        };
        responses: {
            /** @description The document linchpin.depend */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listMeasures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Measures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Measures"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    measure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Oldest first */
                    worlds: string[];
                    /** @description Names of GET /api/v1/measures */
                    measures: string[];
                    buyers?: components["schemas"]["Parties"];
                    suppliers?: components["schemas"]["Parties"];
                    /** @description Regions taken as one: EU=DEU,FRA,ITA */
                    groups?: string[];
                    /** @default 10 */
                    top?: number;
                    /** @default false */
                    detail?: boolean;
                    /** @default false */
                    third_country?: boolean;
                    /**
                     * @description extraction
                     * @default 1
                     */
                    share?: number;
                    /**
                     * @description extraction
                     * @default flows
                     * @enum {unknown}
                     */
                    kind?: "flows" | "total" | "backward" | "forward";
                    /**
                     * @description extraction
                     * @default false
                     */
                    resourced?: boolean;
                    /**
                     * @description prices
                     * @default 0.1
                     */
                    rise?: number;
                    /**
                     * @default automatic
                     * @enum {unknown}
                     */
                    method?: "automatic" | "direct" | "iterative";
                };
            };
        };
        responses: {
            /** @description The document linchpin.depend-measures, one list of rows per table of a measure */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    tiers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description A region or an industry */
                    buyer: string;
                    /** @default 3 */
                    tiers?: number;
                };
            };
        };
        responses: {
            /** @description Deliveries per unit of the buyer's output */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tiers"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    disrupt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description TOML, docs/formats/study.md */
                    scenario: string;
                    /** @default 365 */
                    days?: number;
                    draws?: components["schemas"]["Draws"];
                    seed?: components["schemas"]["Seed"];
                    design?: components["schemas"]["Design"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    equilibrium: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description TOML, docs/formats/trade-scenario.md */
                    scenario: string;
                    /** @default 20 */
                    top?: number;
                    /**
                     * @description Steps of the path on which welfare is split into its parts, even; 0: not
                     * @default 0
                     */
                    parts?: number;
                    /** @description Region whose welfare is differentiated */
                    gradient?: string;
                    draws?: components["schemas"]["Draws"];
                    seed?: components["schemas"]["Seed"];
                    design?: components["schemas"]["Design"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    study: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOML, docs/formats/study.md */
                    study: string;
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    localize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOML, docs/formats/autonomy-study.md; its world is an id, its technologies are shipped ones */
                    study: string;
                    /** @description Only these of the study */
                    technologies?: string[];
                    /** @description In place of the study's; 0: the central path */
                    draws?: number;
                    /**
                     * @description Whose numbers are the central ones; the study says if left out
                     * @enum {unknown}
                     */
                    preset?: "sceptic" | "central" | "optimist";
                    /**
                     * @description The three presets beside each other
                     * @default false
                     */
                    presets?: boolean;
                    /** @description Draws for sensitivity indices, in place of the study's */
                    drivers?: number;
                    seed?: components["schemas"]["Seed"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    compute: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Accelerators to test against the limits of US rules */
                    chips?: string[];
                    /** @description CSV with some of the numbers, in place of the shipped ones (docs/formats/parameters.md) */
                    parameters?: string;
                    /**
                     * @description More take too long to wait for; use the command line
                     * @default 4096
                     */
                    draws?: number;
                    /** @default 1 */
                    seed?: number;
                };
            };
        };
        responses: {
            /** @description The document linchpin.compute */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    leveragePower: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description Regions that withhold; all if empty */
                    senders?: string[];
                    /** @description Regions they withhold from; all if empty */
                    targets?: string[];
                    /** @description What is withheld; all if empty */
                    sectors?: string[];
                    /**
                     * @description The senders act as one
                     * @default false
                     */
                    together?: boolean;
                    /**
                     * @description The target's sales to the senders stop, too
                     * @default false
                     */
                    full_break?: boolean;
                    /**
                     * @description Elasticity between sectors of final demand, of the cost indices
                     * @default 1
                     */
                    outer_elasticity?: number;
                    /** @description Other sets of trade elasticities to compare ranks with: default, low, high (ends of the ranges), uniform (their mean) */
                    compare?: string[];
                    /**
                     * @description Every measure for each sector alone, too
                     * @default false
                     */
                    by_sector?: boolean;
                    /**
                     * @description The short run by six models, as a range (six times the work)
                     * @default false
                     */
                    short_run_range?: boolean;
                    /** @default 365 */
                    days?: number;
                    /** @default 10 */
                    top?: number;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the denial; the long run if left out */
                    horizon?: number;
                    draws?: components["schemas"]["LeverageDraws"];
                    seed?: components["schemas"]["Seed"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageChokepoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    target: string;
                    /** @default 5 */
                    k?: number;
                    /** @description Regions that may deny; all if empty */
                    senders?: string[];
                    /** @description Sectors that may be denied; goods if empty */
                    sectors?: string[];
                    /**
                     * @description Share of each purchase that is denied; below 1 first-order effects screen the links
                     * @default 1
                     */
                    cut?: number;
                    /** @description No sender loses more than this, % */
                    sender_limit?: number;
                    /**
                     * @description Deny sectors, all foreign sellers at once
                     * @default false
                     */
                    products?: boolean;
                    /**
                     * @description Services may be denied, too; their elasticity is an assumption
                     * @default false
                     */
                    services?: boolean;
                    /** @description Who must join, so that the target loses this many %? */
                    reach?: number;
                    /** @default 10 */
                    top?: number;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the denial; the long run if left out */
                    horizon?: number;
                    draws?: components["schemas"]["LeverageDraws"];
                    seed?: components["schemas"]["Seed"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageDefend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    target: string;
                    /** @default 3 */
                    k?: number;
                    /** @default 3 */
                    attack_links?: number;
                    /** @default 8 */
                    measures?: number;
                    /** @default 0.5 */
                    keep?: number;
                    /** @description Of links that are denied or mended; goods if empty */
                    sectors?: string[];
                    /**
                     * @description Links of services, too; their elasticity is an assumption
                     * @default false
                     */
                    services?: boolean;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the denial; the long run if left out */
                    horizon?: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageGame: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description TOML, docs/formats/game.md */
                    game: string;
                    draws?: components["schemas"]["Draws"];
                    seed?: components["schemas"]["Seed"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageSupplyTree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description A shipped one: ai-chips, industrial-robots, electric-vehicles */
                    technology: string;
                    /** @description Country by three letters; its own makers deny nothing */
                    target: string;
                    /**
                     * @description Links denied at most
                     * @default 3
                     */
                    k?: number;
                    /** @default 10 */
                    top?: number;
                    /** @description Elasticity between makers of a stage; that of trade in the technology's sector if left out */
                    theta?: number;
                    /** @description Stages without enough of which it is not made at all, besides the technology's tools; none: not even those */
                    gates?: string[];
                    /** @description Share of such a stage that must be left; the technology's gate_access if left out */
                    needed?: number;
                    /** @description CSV with makers of stages (docs/formats/providers.md) */
                    providers?: string;
                    /**
                     * @description More take too long to wait for; use the command line
                     * @default 0
                     */
                    draws?: number;
                    /** @default 1 */
                    seed?: number;
                };
            };
        };
        responses: {
            /** @description The document linchpin.leverage-supply-tree */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    leverageBargain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    /** @description Region, or regions that act together */
                    first: string[];
                    /** @description The other side */
                    second: string[];
                    /** @description Whose trade breaks; all if empty */
                    sectors?: string[];
                    /**
                     * @description Bargaining weight of the first
                     * @default 0.5
                     */
                    weight?: number;
                    /**
                     * @description What carrying out its threat is worth to the first besides, per cent of its real final spending
                     * @default 0
                     */
                    resolve_first?: number;
                    /**
                     * @description The same for the second
                     * @default 0
                     */
                    resolve_second?: number;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the break; the long run if left out */
                    horizon?: number;
                    draws?: components["schemas"]["LeverageDraws"];
                    seed?: components["schemas"]["Seed"];
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageSignal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    target: string;
                    /** @description Who would withhold together */
                    senders: string[];
                    /** @description Discouraged, and withheld; all if empty */
                    sectors?: string[];
                    /**
                     * @default wedge
                     * @enum {unknown}
                     */
                    instrument?: "wedge" | "tariff";
                    /**
                     * @description Probability of the senders that the target is resilient
                     * @default 0.5
                     */
                    belief?: number;
                    /** @description What they demand instead, per cent of its real final spending; half-way between the losses of the types if left out */
                    demand?: number;
                    /** @default 1 */
                    signal_years?: number;
                    /** @default 1 */
                    threat_years?: number;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the break; the long run if left out */
                    horizon?: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    leverageFrontier: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    world: string;
                    buyer: string;
                    /** @description Regions that would withhold together */
                    rivals: string[];
                    /** @description That are planned and withheld; goods if empty */
                    sectors?: string[];
                    /**
                     * @description Services, too; their elasticity is an assumption
                     * @default false
                     */
                    services?: boolean;
                    /**
                     * @description Sectors weigh what they weigh through the network, not in final spending
                     * @default false
                     */
                    network?: boolean;
                    /** @description Of a log point of exposure, in log points of the cost of living; 0.01 to 10 if empty */
                    prices?: number[];
                    /** @description Also the cheapest plan with which a denial makes living at most this dearer, per cent */
                    limit?: number;
                    /** @description Trade elasticities: default; no file of a client is opened */
                    theta?: string;
                    /** @description Years after the break; the long run if left out */
                    horizon?: number;
                };
            };
        };
        responses: {
            200: components["responses"]["Known"];
            202: components["responses"]["Queued"];
            default: components["responses"]["Error"];
        };
    };
    examples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Examples */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Examples"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    kind: "study" | "scenario" | "trade-scenario" | "autonomy" | "game";
                    text: string;
                    /** @description Whose labels a scenario or trade-scenario uses; needed for these two */
                    world?: string;
                };
            };
        };
        responses: {
            /** @description Findings; none if the text is right */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Validation"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                /** @description The `next` of the page before */
                before?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Runs"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    removeRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Error"];
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It will stop shortly */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    leaveRun: {
        parameters: {
            query: {
                /** @description The `follower` of the run that the question was answered with */
                follower: number;
            };
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run as it stands; it will stop shortly if nobody follows it any more */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Path and body as they were posted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        schema: components["schemas"]["Name"];
                        path: string;
                        body: Record<string, never>;
                    };
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events until the run ends */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runResults: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description linchpin.results, linchpin.disrupt, linchpin.equilibrium, linchpin.localize or linchpin.leverage-… */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runResultsWithTables: {
        parameters: {
            query?: {
                /** @description Names between commas, at most 100; none if left out */
                tables?: string;
            };
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document of results.json; one that has no `tables` comes whole, and 404 if any is named: …/tables has them as CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PartOfAnswer"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runNetcdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description NetCDF-4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-netcdf": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HTML */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runTables: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tables"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    runTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run: components["parameters"]["run"];
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
}
