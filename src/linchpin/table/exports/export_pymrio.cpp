// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_pymrio.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "linchpin/table/exports/export_check.h"
#include "linchpin/table/label_text.h"
#include "linchpin/table/files/text_sink.h"

namespace linchpin {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t flush_at = std::size_t{1} << 17;
constexpr mode_t new_folder_mode = 0777;  // less the user's umask

tl::unexpected<Error> unwritable(std::string what, fs::path const& path, std::string hint) {
  return fail(ErrorCode::unwritable_output, std::move(what), path.string(), std::move(hint));
}

/// A folder that appears complete or not at all: filled under a temporary name beside its place.
class AtomicFolder {
 public:
  static Result<AtomicFolder> create(fs::path target) {
    if (!target.has_filename()) target = target.parent_path();
    std::error_code problem;
    if (target.empty()) return unwritable("this is no name of a folder", target, "name the folder");
    if (fs::exists(target, problem) &&
        !(fs::is_directory(target, problem) && fs::is_empty(target, problem))) {
      return unwritable("there is already something of this name", target,
                        "name a new folder, or remove this one first");
    }
    auto const parent = target.parent_path();
    problem.clear();
    if (!parent.empty()) fs::create_directories(parent, problem);
    if (problem) {
      return unwritable(fmt::format("the folder above cannot be made ({})", problem.message()),
                        target, "choose another folder");
    }
    auto pattern = (parent / ".linchpin-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      return unwritable(
          fmt::format("no folder can be made ({})", std::generic_category().message(errno)), target,
          "choose a folder you may write to");
    }
    return AtomicFolder(std::move(target), pattern);
  }
  AtomicFolder(AtomicFolder&& other) noexcept
      : target_(std::move(other.target_)), temporary_(std::exchange(other.temporary_, {})) {}
  AtomicFolder& operator=(AtomicFolder&&) = delete;
  ~AtomicFolder() {
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
  }

  [[nodiscard]] fs::path const& path() const noexcept { return temporary_; }
  [[nodiscard]] Result<void> commit() {
    // mkdtemp lets only the owner in; the files inside are as the user's umask says.
    auto const mask = ::umask(0);
    ::umask(mask);
    if (::chmod(temporary_.c_str(), new_folder_mode & ~mask) != 0 ||
        ::rename(temporary_.c_str(), target_.c_str()) != 0) {
      return unwritable(fmt::format("the finished folder cannot be put in its place ({})",
                                    std::generic_category().message(errno)),
                        target_, "name a new folder");
    }
    temporary_.clear();
    return {};
  }

 private:
  AtomicFolder(fs::path target, fs::path temporary)
      : target_(std::move(target)), temporary_(std::move(temporary)) {}
  fs::path target_;
  fs::path temporary_;
};

/// `text` as a field between tabs.
std::string field(std::string const& text) {
  if (text.find('"') == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

/// Readers drop blanks around fields.
Result<void> check_blanks(TableLabels const& labels) {
  ErrorList errors;
  auto const check = [&](std::string const& label) {
    if (!label.starts_with(' ') && !label.ends_with(' ')) return;
    errors.add(ErrorCode::bad_value,
               fmt::format("the label '{}' has outer blanks", printable(label)), printable(label),
               "rename it before the export");
  };
  for (auto const& region : labels.regions) check(region.label);
  for (auto const& sector : labels.sectors) check(sector.label);
  for (auto const& category : labels.categories) check(category.label);
  for (auto const& row : labels.value_added_rows) check(row);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

class PymrioWriter {
 public:
  PymrioWriter(Table const& table, fs::path folder, RunControl const& control)
      : table_(table), folder_(std::move(folder)), control_(control) {
    auto const& labels = table.labels;
    for (auto const& key : labels.industries) {
      industries_.emplace_back(field(labels.regions[key.region.index()].label),
                               field(labels.sectors[key.sector.index()].label));
    }
    for (auto const& region : labels.regions) {
      for (auto const& category : labels.categories) {
        final_columns_.emplace_back(field(region.label), field(category.label));
      }
    }
    for (auto const& [region, sector] : industries_) names_.push_back(region + '\t' + sector);
  }

  Result<void> write() {
    DenseVector scratch;
    auto const Z_row = [&](std::size_t i) { return table_.Z.row(i, scratch); };
    auto const Y_row = [&](std::size_t i) { return table_.Y.row(i); };
    auto const x_row = [&](std::size_t i) { return std::span{table_.output}.subspan(i, 1); };
    if (auto const done = matrix("Z.txt", industries_, "sector", Z_row); !done) return done;
    if (auto const done = matrix("Y.txt", final_columns_, "category", Y_row); !done) return done;
    if (auto const done = rows("x.txt", "region\tsector\tindout\n", names_, x_row); !done)
      return done;
    if (auto const done = units(); !done) return done;
    if (auto const done = factor_inputs(); !done) return done;
    if (auto const done = satellites(); !done) return done;
    return describe();
  }

 private:
  using Row = std::function<std::span<double const>(std::size_t)>;

  /// Rows of industries below two lines of column names.
  Result<void> matrix(char const* file, Pairs const& columns, char const* level, Row const& row) {
    std::string header = "region\t";
    for (auto const& column : columns) header += '\t' + column.first;
    header += fmt::format("\n{}\t", level);
    for (auto const& column : columns) header += '\t' + column.second;
    header += "\nregion\tsector" + std::string(columns.size(), '\t') + '\n';
    return rows(file, header, names_, row);
  }

  /// Rows of accounts below two lines of column names.
  Result<void> accounts(std::string const& file, Pairs const& columns, char const* level,
                        std::vector<std::string> const& names, Row const& row) {
    std::string header = "region";
    for (auto const& column : columns) header += '\t' + column.first;
    header += fmt::format("\n{}", level);
    for (auto const& column : columns) header += '\t' + column.second;
    header += "\nstressor" + std::string(columns.size(), '\t') + '\n';
    return rows(file, header, names, row);
  }

  Result<void> rows(std::string const& file, std::string text,
                    std::vector<std::string> const& names, Row const& row) {
    auto sink = TextSink::create(folder_ / file);
    if (!sink) return fail(sink.error());
    for (std::size_t i = 0; i < names.size(); ++i) {
      text += names[i];
      for (double const value : row(i)) append(text, value);
      text += '\n';
      if (text.size() < flush_at) continue;
      if (auto const done = sink->write(text); !done) return done;
      text.clear();
      control_.report("writing table", i + 1, names.size());
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while writing", file, "run it again");
      }
    }
    if (auto const done = sink->write(text); !done) return done;
    return sink->commit();
  }

  static void append(std::string& text, double value) {
    std::array<char, 32> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    text += '\t';
    text.append(digits.data(), end);
  }

  Result<void> whole(std::string const& file, std::string const& text) {
    auto sink = TextSink::create(folder_ / file);
    if (!sink) return fail(sink.error());
    if (auto const done = sink->write(text); !done) return done;
    return sink->commit();
  }

  Result<void> units() {
    std::string text = "region\tsector\tunit\n";
    auto const unit = field(to_string(table_.info.unit));
    for (auto const& name : names_) text += name + '\t' + unit + '\n';
    return whole("unit.txt", text);
  }

  Result<void> extension(std::string const& name, std::vector<std::string> const& names,
                         std::vector<std::string> const& units_of_rows, bool final_users) {
    std::string text = "stressor\tunit\n";
    for (std::size_t k = 0; k < names.size(); ++k)
      text += names[k] + '\t' + units_of_rows[k] + '\n';
    if (auto const done = whole(name + "/unit.txt", text); !done) return done;
    Json files = {{"F", entry("F.txt", 1, 2)}};
    if (final_users) files["F_Y"] = entry("F_Y.txt", 1, 2);
    files["unit"] = entry("unit.txt", 1, 1);
    Json const parameters = {{"files", files}, {"systemtype", "Extension"}, {"name", name}};
    return whole(name + "/file_parameters.json", dumped(parameters));
  }

  Result<void> factor_inputs() {
    if (table_.value_added.rows() == 0) return {};
    std::vector<std::string> names;
    for (auto const& row : table_.labels.value_added_rows) names.push_back(field(row));
    std::vector<std::string> const unit(names.size(), field(to_string(table_.info.unit)));
    if (auto const done = extension("factor_inputs", names, unit, false); !done) return done;
    return accounts("factor_inputs/F.txt", industries_, "sector", names,
                    [&](std::size_t k) { return table_.value_added.row(k); });
  }

  Result<void> satellites() {
    auto const& satellite = table_.satellites;
    if (satellite.rows.empty()) return {};
    std::vector<std::string> names, units_of_rows;
    for (auto const& row : satellite.rows) {
      names.push_back(field(row.label));
      units_of_rows.push_back(field(row.unit));
    }
    bool const final_users = satellite.F_Y.rows() == names.size() && !final_columns_.empty();
    if (auto const done = extension("satellite", names, units_of_rows, final_users); !done)
      return done;
    if (final_users) {
      auto const done = accounts("satellite/F_Y.txt", final_columns_, "category", names,
                                 [&](std::size_t k) { return satellite.F_Y.row(k); });
      if (!done) return done;
    }
    return accounts("satellite/F.txt", industries_, "sector", names,
                    [&](std::size_t k) { return satellite.F.row(k); });
  }

  static Json entry(char const* file, int labels, int header_lines) {
    return {{"name", file},
            {"nr_index_col", std::to_string(labels)},
            {"nr_header", std::to_string(header_lines)}};
  }

  /// Text that is no UTF-8 becomes question marks rather than an exception.
  static std::string dumped(Json const& json) {
    return json.dump(4, ' ', false, Json::error_handler_t::replace) + '\n';
  }

  Result<void> describe() {
    auto const& info = table_.info;
    Json const own = {
        {"title", info.title},        {"year", info.year},       {"price_basis", info.price_basis},
        {"source", info.source},      {"licence", info.licence}, {"history", info.history},
        {"estimated", info.estimated}};
    Json const metadata = {{"description", info.title}, {"history", Json::array()},
                           {"name", info.title},        {"system", nullptr},
                           {"version", nullptr},        {"linchpin", own}};
    if (auto const done = whole("metadata.json", dumped(metadata)); !done) return done;
    Json const files = {{"Z", entry("Z.txt", 2, 2)},
                        {"Y", entry("Y.txt", 2, 2)},
                        {"x", entry("x.txt", 2, 1)},
                        {"unit", entry("unit.txt", 2, 1)}};
    Json const parameters = {{"files", files}, {"systemtype", "IOSystem"}, {"name", info.title}};
    return whole("file_parameters.json", dumped(parameters));
  }

  Table const& table_;
  fs::path folder_;
  RunControl const& control_;
  Pairs industries_;     // region, sector
  Pairs final_columns_;  // region, kind of final demand
  std::vector<std::string> names_;
};

}  // namespace

Result<void> export_pymrio(Table const& table, fs::path const& folder, RunControl const& control) {
  if (auto const fits = check_exportable(table); !fits) return fits;
  if (auto const good = check_blanks(table.labels); !good) return good;
  auto target = AtomicFolder::create(folder);
  if (!target) return fail(target.error());
  if (auto const done = PymrioWriter(table, target->path(), control).write(); !done) return done;
  return target->commit();
}

}  // namespace linchpin
