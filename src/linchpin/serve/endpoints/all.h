// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/serve/message.h"
#include "linchpin/serve/site.h"

namespace linchpin::serve {

// One function per path of api/openapi.yaml. They convert, call the library as the command of the
// same name does, and convert back.

[[nodiscard]] Response show_version();

[[nodiscard]] Response list_worlds(Site& site);
[[nodiscard]] Response show_world(Site& site, std::string const& id);
/// Reads, checks and stores an uploaded table (`request.body_file`); answers with its findings.
[[nodiscard]] Response upload_world(Site& site, Request const& request);
[[nodiscard]] Response remove_world(Site& site, std::string const& id);

// Answer at once.
[[nodiscard]] Response ask_depend(Site& site, Request const& request);
[[nodiscard]] Response list_measures();
[[nodiscard]] Response ask_measures(Site& site, Request const& request);
[[nodiscard]] Response ask_tiers(Site& site, Request const& request);
[[nodiscard]] Response ask_compute(Site& site, Request const& request);
[[nodiscard]] Response list_examples(Site& site);
[[nodiscard]] Response validate(Site& site, Request const& request);

// Into the queue.
[[nodiscard]] Response ask_disrupt(Site& site, Request const& request);
[[nodiscard]] Response ask_equilibrium(Site& site, Request const& request);
[[nodiscard]] Response ask_study(Site& site, Request const& request);
[[nodiscard]] Response ask_localize(Site& site, Request const& request);
[[nodiscard]] Response ask_power(Site& site, Request const& request);
[[nodiscard]] Response ask_chokepoints(Site& site, Request const& request);
[[nodiscard]] Response ask_defend(Site& site, Request const& request);
[[nodiscard]] Response ask_game(Site& site, Request const& request);
[[nodiscard]] Response ask_supply_tree(Site& site, Request const& request);
[[nodiscard]] Response ask_bargain(Site& site, Request const& request);
[[nodiscard]] Response ask_signal(Site& site, Request const& request);
[[nodiscard]] Response ask_frontier(Site& site, Request const& request);

[[nodiscard]] Response list_runs(Site& site, Request const& request);
[[nodiscard]] Response show_run(Site& site, std::string_view id);
/// What was posted for it.
[[nodiscard]] Response run_request(Site& site, std::string_view id);
[[nodiscard]] Response cancel_run(Site& site, std::string_view id);
/// One of its followers (`?follower=`) needs it no longer.
[[nodiscard]] Response leave_run(Site& site, Request const& request, std::string_view id);
[[nodiscard]] Response remove_run(Site& site, std::string_view id);
[[nodiscard]] Response run_events(Site& site, std::string_view id);
/// results.json, compressed if the client takes that.
[[nodiscard]] Response run_document(Site& site, Request const& request, std::string_view id);
/// results.json with only the tables named in `?tables=`.
[[nodiscard]] Response run_results(Site& site, Request const& request, std::string_view id);
/// `name`: results.nc, report, tables.
[[nodiscard]] Response run_file(Site& site, std::string_view id, std::string_view name);
[[nodiscard]] Response run_table(Site& site, std::string_view id, std::string_view table);

}  // namespace linchpin::serve
