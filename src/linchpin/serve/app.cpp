// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/app.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <new>
#include <span>
#include <string_view>
#include <utility>

#include "linchpin/results/output_folder.h"
#include "linchpin/results/run_clock.h"
#include "linchpin/serve/disk_room.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/imported_results.h"
#include "linchpin/serve/login.h"
#include "linchpin/serve/request_fields.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

constexpr int most_incoming = 2;  // uploads at a time: what they may fill of the disk
constexpr BodyRule no_body{};
constexpr BodyRule json_body{.most_bytes = std::size_t{1} << 20, .seconds = 10};
constexpr BodyRule table_body{.most_bytes = std::size_t{256} << 20, .seconds = 60, .to_file = true};

using Parts = std::span<std::string_view const>;

struct Route {
  std::string_view method;
  std::string_view path;  ///< "*" stands for one part
  BodyRule body;
  Response (*answer)(Site& site, Request const& request, Parts stars);
};

constexpr Route routes[] = {
    {"GET", "/", no_body,
     [](Site& site, Request const& request, Parts) { return site.pack.answer(request); }},
    {"GET", "/assets/*", no_body,
     [](Site& site, Request const& request, Parts) { return site.pack.answer(request); }},
    {"GET", "/api/v1/version", no_body,
     [](Site&, Request const&, Parts) { return show_version(); }},
    {"GET", "/api/v1/worlds", no_body,
     [](Site& site, Request const&, Parts) { return list_worlds(site); }},
    {"POST", "/api/v1/worlds", table_body,
     [](Site& site, Request const& request, Parts) { return upload_world(site, request); }},
    {"GET", "/api/v1/worlds/*", no_body,
     [](Site& site, Request const&, Parts s) { return show_world(site, std::string{s[0]}); }},
    {"DELETE", "/api/v1/worlds/*", no_body,
     [](Site& site, Request const&, Parts s) { return remove_world(site, std::string{s[0]}); }},
    {"POST", "/api/v1/depend", json_body,
     [](Site& site, Request const& request, Parts) { return ask_depend(site, request); }},
    {"GET", "/api/v1/measures", no_body,
     [](Site&, Request const&, Parts) { return list_measures(); }},
    {"POST", "/api/v1/measures", json_body,
     [](Site& site, Request const& request, Parts) { return ask_measures(site, request); }},
    {"POST", "/api/v1/tiers", json_body,
     [](Site& site, Request const& request, Parts) { return ask_tiers(site, request); }},
    {"POST", "/api/v1/compute", json_body,
     [](Site& site, Request const& request, Parts) { return ask_compute(site, request); }},
    {"GET", "/api/v1/examples", no_body,
     [](Site& site, Request const&, Parts) { return list_examples(site); }},
    {"POST", "/api/v1/validate", json_body,
     [](Site& site, Request const& request, Parts) { return validate(site, request); }},
    {"POST", "/api/v1/localize", json_body,
     [](Site& site, Request const& request, Parts) { return ask_localize(site, request); }},
    {"POST", "/api/v1/leverage/power", json_body,
     [](Site& site, Request const& request, Parts) { return ask_power(site, request); }},
    {"POST", "/api/v1/leverage/chokepoints", json_body,
     [](Site& site, Request const& request, Parts) { return ask_chokepoints(site, request); }},
    {"POST", "/api/v1/leverage/defend", json_body,
     [](Site& site, Request const& request, Parts) { return ask_defend(site, request); }},
    {"POST", "/api/v1/leverage/game", json_body,
     [](Site& site, Request const& request, Parts) { return ask_game(site, request); }},
    {"POST", "/api/v1/leverage/supply-tree", json_body,
     [](Site& site, Request const& request, Parts) { return ask_supply_tree(site, request); }},
    {"POST", "/api/v1/leverage/bargain", json_body,
     [](Site& site, Request const& request, Parts) { return ask_bargain(site, request); }},
    {"POST", "/api/v1/leverage/signal", json_body,
     [](Site& site, Request const& request, Parts) { return ask_signal(site, request); }},
    {"POST", "/api/v1/leverage/frontier", json_body,
     [](Site& site, Request const& request, Parts) { return ask_frontier(site, request); }},
    {"POST", "/api/v1/disrupt", json_body,
     [](Site& site, Request const& request, Parts) { return ask_disrupt(site, request); }},
    {"POST", "/api/v1/equilibrium", json_body,
     [](Site& site, Request const& request, Parts) { return ask_equilibrium(site, request); }},
    {"POST", "/api/v1/studies", json_body,
     [](Site& site, Request const& request, Parts) { return ask_study(site, request); }},
    {"GET", "/api/v1/runs", no_body,
     [](Site& site, Request const& request, Parts) { return list_runs(site, request); }},
    {"GET", "/api/v1/runs/*", no_body,
     [](Site& site, Request const&, Parts s) { return show_run(site, s[0]); }},
    {"DELETE", "/api/v1/runs/*", no_body,
     [](Site& site, Request const&, Parts s) { return remove_run(site, s[0]); }},
    {"POST", "/api/v1/runs/*/cancel", no_body,
     [](Site& site, Request const&, Parts s) { return cancel_run(site, s[0]); }},
    {"POST", "/api/v1/runs/*/leave", no_body,
     [](Site& site, Request const& request, Parts s) { return leave_run(site, request, s[0]); }},
    {"GET", "/api/v1/runs/*/request", no_body,
     [](Site& site, Request const&, Parts s) { return run_request(site, s[0]); }},
    {"GET", "/api/v1/runs/*/events", no_body,
     [](Site& site, Request const&, Parts s) { return run_events(site, s[0]); }},
    {"GET", "/api/v1/runs/*/results.json", no_body,
     [](Site& site, Request const& request, Parts s) { return run_document(site, request, s[0]); }},
    {"GET", "/api/v1/runs/*/results", no_body,
     [](Site& site, Request const& request, Parts s) { return run_results(site, request, s[0]); }},
    {"GET", "/api/v1/runs/*/results.nc", no_body,
     [](Site& site, Request const&, Parts s) { return run_file(site, s[0], "results.nc"); }},
    {"GET", "/api/v1/runs/*/report", no_body,
     [](Site& site, Request const&, Parts s) { return run_file(site, s[0], "report"); }},
    {"GET", "/api/v1/runs/*/tables", no_body,
     [](Site& site, Request const&, Parts s) { return run_file(site, s[0], "tables"); }},
    {"GET", "/api/v1/runs/*/tables/*", no_body,
     [](Site& site, Request const&, Parts s) { return run_table(site, s[0], s[1]); }},
};

bool matches(std::string_view pattern, std::vector<std::string_view> const& parts,
             std::vector<std::string_view>& stars) {
  stars.clear();
  auto const wanted = path_parts(pattern);
  if (parts.empty() || wanted.size() != parts.size()) return false;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (wanted[k] == "*") {
      stars.push_back(parts[k]);
    } else if (wanted[k] != parts[k]) {
      return false;
    }
  }
  return true;
}

/// The route of `request`; null: `refusal` says why there is none.
Route const* find_route(Request const& request, std::vector<std::string_view>& stars,
                        Response& refusal) {
  auto const parts = path_parts(request.path);
  auto const method = request.method == "HEAD" ? std::string{"GET"} : request.method;
  std::vector<std::string_view> allowed;
  for (auto const& route : routes) {
    if (!matches(route.path, parts, stars)) continue;
    if (route.method == method) return &route;
    allowed.push_back(route.method);
  }
  if (allowed.empty()) {
    refusal = error_response(404, {ErrorCode::file_not_found, "there is nothing here", "path",
                                   "the paths are in api/openapi.yaml; / is the application"});
    return nullptr;
  }
  refusal = error_response(405, {ErrorCode::bad_usage, "this path takes another method", "method",
                                 fmt::format("use {}", fmt::join(allowed, " or "))});
  refusal.headers.emplace_back("Allow", fmt::format("{}", fmt::join(allowed, ", ")));
  return nullptr;
}

std::string now() { return iso_time(std::chrono::system_clock::now()); }

Response no_room_for_body() {
  return error_response(507, {ErrorCode::unwritable_output, "the disk is almost full", "upload",
                              "remove runs or uploaded worlds, or free some space"});
}

}  // namespace

Result<std::unique_ptr<App>> App::open(AppSettings settings) {
  auto lock = FolderLock::take(settings.folder);
  if (!lock) return fail(lock.error());
  for (auto const* name : {"runs", "worlds", "incoming"}) {
    std::error_code ignored;
    if (std::string_view{name} == "incoming") fs::remove_all(settings.folder / name, ignored);
    auto const made = make_output_folder(settings.folder / name);
    if (!made) return fail(made.error());
  }
  auto catalogue = Catalogue::open(settings.folder / "runs.sqlite", now());
  if (!catalogue) return fail(catalogue.error());
  auto worlds = WorldStore::make(
      {settings.data, settings.folder / "worlds", settings.reader_program}, settings.worlds);
  if (!worlds) return fail(worlds.error());
  auto pack = AppPack::read(embedded_app());
  if (!pack) return fail(pack.error());
  ErrorList errors;
  for (auto const& folder : settings.results) {
    auto const imported = import_results(folder, settings.folder / "runs", *catalogue);
    if (!imported) errors.add(imported.error());
  }
  if (!errors.empty()) return fail(errors.joined());
  return std::unique_ptr<App>(new App(std::move(settings), *std::move(lock), *std::move(catalogue),
                                      *std::move(worlds), *std::move(pack)));
}

App::App(AppSettings settings, FolderLock lock, Catalogue catalogue,
         std::unique_ptr<WorldStore> worlds, AppPack pack)
    : settings_(std::move(settings)),
      lock_(std::move(lock)),
      catalogue_(std::move(catalogue)),
      worlds_(std::move(worlds)),
      runs_(catalogue_, settings_.folder / "runs", settings_.queue, now),
      pack_(std::move(pack)),
      site_{*worlds_, runs_, pack_, settings_.queue.threads, questions_, &streams_, checks_} {}

void App::count_wrong(Request const& request, std::string_view token) {
  auto const from = guesser(settings_.guard, request);
  auto const wrong = guesses_.wrong(from, token, GuessLimit::Clock::now());
  if (wrong > 0 && settings_.on_guessing) settings_.on_guessing(from, wrong);
}

std::optional<Response> App::refuse_head(Request const& request, BodyRule& rule) {
  auto const& guard = settings_.guard;
  if (auto refused = refuse_place(guard, request)) return refused;
  auto const token = guard.token.empty() ? std::string{} : token_in(guard, request);
  bool const login = is_login(guard, request);
  if ((login || !token.empty()) &&
      guesses_.shut(guesser(guard, request), GuessLimit::Clock::now())) {
    return too_many_tokens();
  }
  if (login) {
    rule = login_body;
    return refuse_body(rule, request);
  }
  if (auto refused = refuse(guard, request)) {
    if (refused->status == 401 && !token.empty()) count_wrong(request, token);
    return refused->status == 401 && wants_page(request) ? login_page(false) : refused;
  }
  if (brings_token(guard, request)) return enter_with_cookie(guard, request);
  std::vector<std::string_view> stars;
  Response refusal;
  auto const* route = find_route(request, stars, refusal);
  if (route == nullptr) return refusal;
  rule = route->body;
  if (auto refused = refuse_body(rule, request)) return refused;
  bool const fits =
      !rule.to_file || has_room(settings_.folder, rule.most_bytes + settings_.queue.free_bytes);
  return fits ? std::nullopt : std::optional{no_room_for_body()};
}

Response App::answer(Request const& request) {
  try {
    if (is_login(settings_.guard, request)) {
      auto answer = log_in(settings_.guard, request);
      if (answer.status == 401) count_wrong(request, request.body);
      return answer;
    }
    std::vector<std::string_view> stars;
    Response refusal;
    auto const* route = find_route(request, stars, refusal);
    return route == nullptr ? refusal : route->answer(site_, request, stars);
  } catch (std::bad_alloc const&) {
    return error_response(507, {ErrorCode::too_large, "out of memory", "this machine",
                                "take a smaller world, or ask for less"});
  } catch (std::exception const& problem) {
    return error_response(
        {ErrorCode::internal, problem.what(), "linchpin serve", "please report this as a bug"});
  }
}

std::optional<fs::path> App::take_upload_file() {
  if (++uploads_ > most_incoming) {
    --uploads_;
    return std::nullopt;
  }
  return settings_.folder / "incoming" / std::to_string(++upload_number_);
}

void App::give_back(fs::path const& upload_file) {
  std::error_code ignored;
  fs::remove(upload_file, ignored);
  --uploads_;
}

}  // namespace linchpin::serve
