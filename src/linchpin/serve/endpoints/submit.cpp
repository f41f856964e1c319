// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/submit.h"

#include <fmt/format.h>

#include <utility>

#include "linchpin/core/version.h"
#include "linchpin/serve/imported_results.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin::serve {
namespace {

Json time_or_null(std::string const& time) { return time.empty() ? Json{} : Json(time); }

Json links_of(RunRecord const& record, std::filesystem::path const& folder) {
  constexpr std::pair<char const*, char const*> files[] = {{"results", "results.json"},
                                                           {"netcdf", "results.nc"},
                                                           {"report", "report.html"},
                                                           {"tables", "tables"}};
  auto const base = fmt::format("/api/v1/runs/{}", record.id);
  Json links = {{"self", base}, {"events", base + "/events"}};
  if (!is_imported(record)) links["request"] = base + "/request";
  if (record.status != RunStatus::done) return links;
  for (auto const& [name, file] : files) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder / file, ignored)) continue;
    links[name] = fmt::format("{}/{}", base, std::string_view{file} == "report.html" ? name : file);
  }
  return links;
}

}  // namespace

Json run_to_json(RunState const& state, RunQueue const& runs) {
  auto const& record = state.record;
  Json document = {{"schema", json_schema("linchpin.run")},
                   {"id", record.id},
                   {"kind", record.kind},
                   {"world", record.world},
                   {"title", record.title},
                   {"status", std::string{to_string(record.status)}},
                   {"created", record.created},
                   {"started", time_or_null(record.started)},
                   {"ended", time_or_null(record.ended)}};
  document["error"] = nullptr;
  if (!record.error.empty()) {
    auto error = Json::parse(record.error, nullptr, false);
    if (!error.is_discarded()) document["error"] = error.value("error", Json{});
  }
  document["progress"] = nullptr;
  if (!state.progress.what.empty() && !has_ended(record.status)) {
    document["progress"] = {{"what", state.progress.what},
                            {"done", state.progress.done},
                            {"total", state.progress.total}};
  }
  document["links"] = links_of(record, runs.folder_of(record.id));
  return document;
}

Result<std::string> request_hash(std::string const& kind, std::string const& world_fingerprint,
                                 nlohmann::json const& request) {
  return sha256_of_bytes(to_text(Json{{"version", std::string{version}},
                                      {"kind", kind},
                                      {"world", world_fingerprint},
                                      {"request", Json(request)}}));
}

Response json_response(Json const& document, int status) {
  return {.status = status, .body = to_text(document) + "\n"};
}

Response submit(Site& site, Job job, Request const& posted, nlohmann::json const& request) {
  auto const world = job.world.empty() ? Result<std::string>{} : site.worlds.fingerprint(job.world);
  if (!world) return error_response(world.error());
  auto const engine = site.worlds.engine_fingerprint();
  if (!engine) return error_response(engine.error());
  auto const hash = request_hash(job.kind, fmt::format("{} {}", *world, *engine), request);
  if (!hash) return error_response(hash.error());
  job.request_hash = *hash;
  job.request =
      to_text(Json{{"path", posted.path}, {"body", Json::parse(posted.body, nullptr, false)}});
  auto const submission = site.runs.submit(std::move(job));
  if (!submission) return error_response(submission.error());
  if (submission->how == Submitted::queue_full) {
    auto answer = error_response(
        429, {ErrorCode::too_large, "the queue is full", "queue",
              "wait and ask again, cancel a run, or start the server with a longer --queue"});
    answer.headers.emplace_back("Retry-After", "5");
    return answer;
  }
  if (submission->how == Submitted::no_room) {
    return error_response(
        507, {ErrorCode::unwritable_output, "the disk is almost full, so no run begins",
              "folder of the server",
              "remove runs or uploaded worlds, free some space, or start the server with a lower "
              "--keep-mib"});
  }
  auto const state = site.runs.find(submission->id);
  if (!state) return error_response(state.error());
  if (!*state) {
    return error_response({ErrorCode::internal, "the run is gone", "run", "ask again"});
  }
  auto document = run_to_json(**state, site.runs);
  if (submission->follower) document["follower"] = *submission->follower;
  auto answer = json_response(document, submission->how == Submitted::fresh ? 202 : 200);
  answer.headers.emplace_back("Location", fmt::format("/api/v1/runs/{}", submission->id));
  return answer;
}

}  // namespace linchpin::serve
