// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/imported_results.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "linchpin/results/json.h"
#include "linchpin/serve/shipped_parameters.h"
#include "linchpin/table/files/sha256.h"

namespace linchpin::serve {
namespace fs = std::filesystem;
namespace {

std::string text_of(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Result<RunRecord> record_of(fs::path const& file) {
  auto const hash = sha256_of_file(file);
  if (!hash) return fail(hash.error());
  auto const text = read_file(file);
  if (!text) return fail(text.error());
  auto const document = Json::parse(*text, nullptr, false);
  bool const sound = document.is_object() && document.contains("schema") &&
                     text_of(document["schema"], "name") == "linchpin.results" &&
                     document.contains("origin") && document["origin"].is_object();
  if (!sound) {
    return fail(ErrorCode::bad_format, "this is not the document of a study", file.string(),
                "name the folder that `linchpin run` wrote");
  }
  RunRecord record;
  record.kind = "study";
  record.title = text_of(document, "title");
  record.request_hash = fmt::format("{}{}", imported_mark, *hash);
  record.status = RunStatus::done;
  record.created = text_of(document["origin"], "started");
  record.started = record.created;
  record.ended = record.created;
  auto const& origin = document["origin"];
  if (origin.contains("world") && origin["world"].is_object()) {
    record.world = text_of(origin["world"], "name");
  }
  return record;
}

}  // namespace

bool is_imported(RunRecord const& record) { return record.request_hash.starts_with(imported_mark); }

Result<void> import_results(fs::path const& from, fs::path const& runs, Catalogue& catalogue) {
  auto const record = record_of(from / "results.json");
  if (!record) return fail(record.error());
  auto const known = catalogue.same_request(record->request_hash);
  if (!known) return fail(known.error());
  if (*known) return {};
  // The copy stands before the catalogue says so; its number is known only then, hence the rename.
  auto const staging = runs / ".unfinished-import";
  std::error_code problem;
  fs::remove_all(staging, problem);
  fs::create_directories(staging / "tables", problem);
  for (auto const* name : {"results.json", "results.nc", "report.html"}) {
    std::error_code ignored;
    if (problem || !fs::is_regular_file(from / name, ignored)) continue;
    fs::copy_file(from / name, staging / name, problem);
  }
  std::error_code none;
  for (fs::directory_iterator entry(from / "tables", none), end; !none && !problem && entry != end;
       entry.increment(none)) {
    if (entry->path().extension() != ".csv") continue;
    fs::copy_file(entry->path(), staging / "tables" / entry->path().filename(), problem);
  }
  if (!problem) {
    auto pending = *record;
    pending.status = RunStatus::running;
    auto const id = catalogue.add(pending);
    if (!id) return fail(id.error());
    fs::rename(staging, runs / std::to_string(*id), problem);
    pending.id = *id;
    pending.status = problem ? RunStatus::failed : RunStatus::done;
    if (auto const said = catalogue.update(pending); !said) return said;
  }
  if (!problem) return {};
  std::error_code ignored;
  fs::remove_all(staging, ignored);
  return fail(ErrorCode::unwritable_output, "the results cannot be copied: " + problem.message(),
              from.string(), "free some space, or name another folder with -o");
}

}  // namespace linchpin::serve
