// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "linchpin/results/json.h"
#include "linchpin/serve/message.h"
#include "linchpin/serve/site.h"

namespace linchpin::serve {

/// The document "linchpin.run" of one run; its links are to what stands in its folder.
[[nodiscard]] Json run_to_json(RunState const& state, RunQueue const& runs);

/// SHA-256 over program version, kind, world (with what else the answer rests on) and request:
/// equal requests have equal answers.
[[nodiscard]] Result<std::string> request_hash(std::string const& kind,
                                               std::string const& world_fingerprint,
                                               nlohmann::json const& request);

/// Hashes and queues `job`, whose world may be empty: 202 for a new run, 200 for one that is known,
/// 429 if the queue is full, 507 if the disk is.
/// \param posted  kept, so that it can be asked again; \param request  what was taken of it
[[nodiscard]] Response submit(Site& site, Job job, Request const& posted,
                              nlohmann::json const& request);

/// 200 with `document`.
[[nodiscard]] Response json_response(Json const& document, int status = 200);

}  // namespace linchpin::serve
