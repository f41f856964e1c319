// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "linchpin/serve/app_pack.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/event_feed.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/run_results.h"

namespace linchpin::serve {
namespace {

namespace fs = std::filesystem;

/// A report runs its own script, so it gets an origin of its own and may reach nothing.
constexpr char const* report_policy =
    "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; script-src "
    "'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; form-action "
    "'none'; base-uri 'none'; frame-ancestors 'none'";

constexpr std::size_t most_tables = 100;

Error no_run() {
  return {ErrorCode::file_not_found, "there is no such run", "run",
          "GET /api/v1/runs lists the runs there are"};
}

Result<RunState> state_of(Site& site, std::string_view id) {
  auto const number = parse_run_id(id);
  if (!number) return fail(no_run());
  auto state = site.runs.find(*number);
  if (!state) return fail(state.error());
  if (!*state) return fail(no_run());
  return std::move(**state);
}

/// The folder of a run whose results are whole.
Result<fs::path> results_of(Site& site, std::string_view id, Response& refusal) {
  auto const state = state_of(site, id);
  if (!state) {
    refusal = error_response(state.error());
    return fail(state.error());
  }
  if (state->record.status == RunStatus::done) return site.runs.folder_of(state->record.id);
  Error const error{
      ErrorCode::bad_usage,
      fmt::format("the run has no results: it is {}", to_string(state->record.status)), "run",
      "follow /events until it is done, or ask the question again"};
  refusal = error_response(409, error);
  return fail(error);
}

Error no_result() {
  return {ErrorCode::file_not_found, "the run has no result of this form", "run",
          "its `links` say which it has; all have results.json"};
}

Response file_response(fs::path const& file, std::string const& type, std::string const& name) {
  std::error_code problem;
  if (!fs::is_regular_file(file, problem)) {
    return error_response(no_result());
  }
  Response answer;
  answer.content_type = type;
  answer.file = file;
  if (!name.empty()) {
    answer.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"{}\"", name));
  }
  return answer;
}

Response tables_of(fs::path const& folder) {
  std::error_code problem;
  if (!fs::is_directory(folder / "tables", problem)) return error_response(no_result());
  return json_response(
      {{"schema", json_schema("linchpin.tables")}, {"tables", table_names(folder)}});
}

}  // namespace

Response list_runs(Site& site, Request const& request) {
  constexpr int page = 50;
  auto const text = request.parameter("before");
  auto const before = parse_run_id(text);
  if (!text.empty() && !before) {
    return error_response({ErrorCode::bad_value, "'before' is not the id of a run", "before",
                           "take the `next` of the page before"});
  }
  auto const records = site.runs.list(before.value_or(0), page);
  if (!records) return error_response(records.error());
  Json document = {{"schema", json_schema("linchpin.runs")}, {"runs", Json::array()}};
  for (auto const& record : *records)
    document["runs"].push_back(run_to_json({record, {}, 0}, site.runs));
  bool const more = records->size() == page && records->back().id > 1;
  document["next"] = more ? Json(records->back().id) : Json{};
  return json_response(document);
}

Response show_run(Site& site, std::string_view id) {
  auto const state = state_of(site, id);
  return state ? json_response(run_to_json(*state, site.runs)) : error_response(state.error());
}

Response run_request(Site& site, std::string_view id) {
  auto const state = state_of(site, id);
  if (!state) return error_response(state.error());
  auto const text = site.runs.request(state->record.id);
  if (!text) return error_response(text.error());
  auto const posted = Json::parse(*text, nullptr, false);
  if (!posted.is_object()) {
    return error_response({ErrorCode::file_not_found, "nobody posted this run", "run",
                           "its results were named with --results when the server was started"});
  }
  return json_response({{"schema", json_schema("linchpin.request")},
                        {"path", posted.value("path", Json{})},
                        {"body", posted.value("body", Json{})}});
}

Response cancel_run(Site& site, std::string_view id) {
  auto const state = state_of(site, id);
  if (!state) return error_response(state.error());
  auto const done = site.runs.cancel(state->record.id);
  if (!done) return error_response(done.error());
  if (!*done) {
    return error_response(409, {ErrorCode::bad_usage, "the run has ended already", "run",
                                "remove it with DELETE, if it is not wanted"});
  }
  return {.status = 202, .body = show_run(site, id).body};
}

Response leave_run(Site& site, Request const& request, std::string_view id) {
  auto const state = state_of(site, id);
  if (!state) return error_response(state.error());
  auto const text = request.parameter("follower");
  std::uint32_t follower = 0;
  auto const* const end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, follower);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) {
    return error_response({ErrorCode::bad_value, "'follower' is no whole number", "follower",
                           "send the `follower` of the run that the question was answered with"});
  }
  if (auto const left = site.runs.leave(state->record.id, follower); !left) {
    return error_response(left.error());
  }
  return {.status = 202, .body = show_run(site, id).body};
}

Response remove_run(Site& site, std::string_view id) {
  auto const state = state_of(site, id);
  if (!state) return error_response(state.error());
  auto const done = site.runs.remove(state->record.id);
  if (!done) return error_response(done.error());
  if (!*done) {
    return error_response(
        409, {ErrorCode::bad_usage, "the run has not ended", "run", "cancel it first"});
  }
  return {.status = 204, .content_type = {}};
}

Response run_events(Site& site, std::string_view id) {
  auto const state = state_of(site, id);
  if (!state) return error_response(state.error());
  if (++*site.streams > most_streams) {
    --*site.streams;
    auto busy = error_response(
        429, {ErrorCode::too_large, fmt::format("{} event streams are open", most_streams),
              "events", "ask for the run itself every second or so"});
    busy.headers.emplace_back("Retry-After", "10");
    return busy;
  }
  Response answer;
  answer.content_type = "text/event-stream";
  answer.headers.emplace_back("X-Accel-Buffering", "no");
  answer.events = run_feed(site.runs, state->record.id, *site.streams);
  return answer;
}

Response run_file(Site& site, std::string_view id, std::string_view name) {
  Response refusal;
  auto const folder = results_of(site, id, refusal);
  if (!folder) return refusal;
  auto const label = fmt::format("linchpin-run-{}", id);
  if (name == "results.nc") {
    return file_response(*folder / "results.nc", "application/x-netcdf", label + ".nc");
  }
  if (name == "tables") return tables_of(*folder);
  auto answer = file_response(*folder / "report.html", "text/html; charset=utf-8", "");
  if (answer.status == 200) {
    answer.headers.emplace_back("Content-Security-Policy", report_policy);
    // A page in a sandbox that wants its opener to be of its own origin is not shown at all.
    answer.headers.emplace_back("Cross-Origin-Opener-Policy", "unsafe-none");
  }
  return answer;
}

Response run_document(Site& site, Request const& request, std::string_view id) {
  Response refusal;
  auto const folder = results_of(site, id, refusal);
  if (!folder) return refusal;
  auto const packed = *folder / "results.json.gz";
  std::error_code none;
  bool const zip =
      takes_gzip(request.header("accept-encoding")) && fs::is_regular_file(packed, none);
  auto answer = file_response(zip ? packed : *folder / "results.json", "application/json", "");
  if (answer.status == 200) answer.headers.emplace_back("Vary", "Accept-Encoding");
  if (zip) answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

Response run_results(Site& site, Request const& request, std::string_view id) {
  Response refusal;
  auto const folder = results_of(site, id, refusal);
  if (!folder) return refusal;
  std::vector<std::string> names;
  for (auto rest = request.parameter("tables"); !rest.empty();) {
    auto const comma = std::min(rest.find(','), rest.size());
    if (comma > 0) names.push_back(rest.substr(0, comma));
    rest.erase(0, std::min(comma + 1, rest.size()));
  }
  if (names.size() > most_tables) {
    return error_response({ErrorCode::bad_value,
                           fmt::format("more than {} tables are named", most_tables), "tables",
                           "take results.json, which holds all of them"});
  }
  auto document = results_with_tables(*folder, names);
  if (!document) return error_response(document.error());
  return {.body = *std::move(document)};
}

Response run_table(Site& site, std::string_view id, std::string_view table) {
  Response refusal;
  auto const folder = results_of(site, id, refusal);
  if (!folder) return refusal;
  if (!is_plain_name(table)) {
    return error_response({ErrorCode::file_not_found, "there is no such table", "table",
                           "GET …/tables lists the tables of the run"});
  }
  auto const file = std::string{table} + ".csv";
  return file_response(*folder / "tables" / file, "text/csv; charset=utf-8", file);
}

}  // namespace linchpin::serve
