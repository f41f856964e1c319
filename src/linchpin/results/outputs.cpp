// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/outputs.h"

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <system_error>

#include "linchpin/results/csv.h"
#include "linchpin/results/json.h"
#include "linchpin/results/netcdf.h"
#include "linchpin/results/output_folder.h"
#include "linchpin/table/files/atomic_file.h"

namespace linchpin {
namespace fs = std::filesystem;
namespace {

constexpr char const* staging_name = ".linchpin-unfinished";

// Removes what a run made unless it is told that the run succeeded.
class Undo {
 public:
  void on_failure_remove(fs::path path) { on_failure_.push_back(std::move(path)); }
  void always_remove(fs::path path) { always_.push_back(std::move(path)); }
  void succeeded() { on_failure_.clear(); }
  Undo() = default;
  Undo(Undo const&) = delete;
  Undo& operator=(Undo const&) = delete;
  ~Undo() {
    std::error_code ignored;
    for (auto const& path : always_) fs::remove_all(path, ignored);
    // Innermost first; a folder that holds something else stays, because remove() refuses it.
    for (auto it = on_failure_.rbegin(); it != on_failure_.rend(); ++it) fs::remove(*it, ignored);
  }

 private:
  std::vector<fs::path> on_failure_;
  std::vector<fs::path> always_;
};

tl::unexpected<Error> unwritable(fs::path const& path, std::string const& reason) {
  return fail(ErrorCode::unwritable_output, "cannot be written: " + reason, path.string(),
              "choose a folder you may write to, or free some space");
}

// The user asked for out/results.nc, not for the temporary name.
Error without_staging(Error error) {
  std::string const part = fmt::format("{}/", staging_name);
  for (auto* text : {&error.what, &error.where}) {
    for (auto at = text->find(part); at != std::string::npos; at = text->find(part)) {
      text->erase(at, part.size());
    }
  }
  return error;
}

Result<void> stage(ResultSet const& results, fs::path const& staging,
                   std::string const& report_html, OutputFormats const& formats) {
  if (formats.html) {
    auto const written = write_text_atomically(staging / "report.html", report_html);
    if (!written) return written;
  }
  if (formats.json) {
    auto const written = write_json(results, staging / "results.json");
    if (!written) return written;
  }
  if (formats.netcdf) {
    auto const written = write_netcdf(results, staging / "results.nc");
    if (!written) return written;
  }
  return formats.csv ? write_csv(results, staging / "tables") : Result<void>{};
}

std::vector<fs::path> names_of(ResultSet const& results, OutputFormats const& formats) {
  std::vector<fs::path> names;
  if (formats.html) names.emplace_back("report.html");
  if (formats.json) names.emplace_back("results.json");
  if (formats.netcdf) names.emplace_back("results.nc");
  if (formats.csv) {
    for (auto const& table : results.tables)
      names.push_back(fs::path{"tables"} / (table.name + ".csv"));
    names.push_back(fs::path{"tables"} / "columns.csv");
  }
  return names;
}

// Tables of an earlier run, by its dictionary: only files that we wrote are ours to remove.
std::set<std::string> tables_listed_in(fs::path const& dictionary) {
  std::set<std::string> tables;
  std::ifstream file(dictionary);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    auto const name = line.substr(0, line.find(','));
    bool const plain =
        !name.empty() &&
        name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (plain) tables.insert(name);
  }
  return tables;
}

}  // namespace

Result<void> write_json(ResultSet const& results, fs::path const& path) {
  return write_text_atomically(path, to_text(result_set_to_json(results)) + "\n");
}

Result<std::vector<fs::path>> write_outputs(ResultSet const& results, fs::path const& folder,
                                            std::string const& report_html,
                                            OutputFormats const& formats) {
  auto const made = make_output_folder(folder);
  if (!made) return fail(made.error());
  Undo undo;
  for (auto const& path : *made) undo.on_failure_remove(path);
  auto const staging = folder / staging_name;
  std::error_code code;
  fs::remove_all(staging, code);  // what a killed run may have left
  if (!fs::create_directory(staging, code)) return unwritable(folder, code.message());
  undo.always_remove(staging);

  if (auto staged = stage(results, staging, report_html, formats); !staged) {
    return fail(without_staging(staged.error()));
  }
  auto const tables = folder / "tables";
  auto stale = tables_listed_in(tables / "columns.csv");
  for (auto const& table : results.tables) stale.erase(table.name);
  if (formats.csv) {
    auto const made_tables = make_output_folder(tables);
    if (!made_tables) return fail(made_tables.error());
    for (auto const& path : *made_tables) undo.on_failure_remove(path);
  }
  std::vector<fs::path> written;
  for (auto const& name : names_of(results, formats)) {
    fs::rename(staging / name, folder / name, code);
    if (code) return unwritable(folder / name, code.message());
    undo.on_failure_remove(folder / name);
    written.push_back(folder / name);
  }
  for (auto const& name : stale) {
    if (formats.csv) fs::remove(tables / (name + ".csv"), code);
  }
  undo.succeeded();
  return written;
}

}  // namespace linchpin
