// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_xlsx.h"

#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp
#include <xlsxwriter.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/exports/export_check.h"
#include "linchpin/table/files/input_file.h"

namespace linchpin {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t sheet_rows = 1'048'576;
constexpr std::size_t sheet_columns = 16'384;
constexpr std::size_t longest_text = 8'000;  // characters; Excel holds 32,767 in a cell
constexpr std::size_t copied_at_once = std::size_t{1} << 20;
constexpr time_t undated = 315'532'800;  // 1980-01-01: the same table gives the same workbook

/// A folder beside the target for the library's own files; gone with this object.
class WorkFolder {
 public:
  static Result<WorkFolder> beside(fs::path const& target) {
    auto pattern = (target.parent_path() / ".linchpin-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      return fail(ErrorCode::unwritable_output,
                  fmt::format("no temporary folder can be made ({})",
                              std::generic_category().message(errno)),
                  target.string(), "choose a folder you may write to");
    }
    return WorkFolder(pattern);
  }
  WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path const& path() const noexcept { return path_; }

 private:
  explicit WorkFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

using Texts = std::vector<std::string>;

class Workbook {
 public:
  Workbook(Table const& table, WorkFolder const& folder, RunControl const& control)
      : table_(table),
        labels_(table.labels),
        control_(control),
        folder_(folder.path().string()),
        file_((folder.path() / "book.xlsx").string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    options.use_zip64 = LXW_TRUE;
    book_ = workbook_new_opt(file_.c_str(), &options);
    if (book_ == nullptr) return;
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
  }
  Workbook(Workbook const&) = delete;
  Workbook& operator=(Workbook const&) = delete;
  ~Workbook() {
    if (book_ != nullptr) lxw_workbook_free(book_);
  }

  /// Writes all sheets; the name of the finished file.
  Result<std::string> write();

 private:
  using Fill = std::function<void(std::size_t row, std::vector<double>& cells)>;

  void run(lxw_error status) {
    if (status_ == LXW_NO_ERROR) status_ = status;
  }
  void start(char const* name) {
    sheet_ = workbook_add_worksheet(book_, name);
    if (sheet_ == nullptr) run(LXW_ERROR_MEMORY_MALLOC_FAILED);
    row_ = 0;
  }
  void texts(Texts const& cells, lxw_format* format = nullptr) {
    for (std::size_t k = 0; k < cells.size() && status_ == LXW_NO_ERROR; ++k) {
      if (cells[k].empty()) continue;
      run(worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(k), cells[k].c_str(),
                                 format));
    }
    ++row_;
  }
  void pair(char const* name, std::string_view stated);
  void write_info();
  void write_labels();
  void write_output();
  /// A matrix under two rows of column heads and behind two columns of row heads.
  void matrix(char const* name, std::size_t rows, Texts const& first_row, Texts const& second_row,
              std::function<Texts(std::size_t)> const& heads, Fill const& fill);
  [[nodiscard]] bool stopped() const { return control_.cancel.cancelled(); }
  [[nodiscard]] Result<void> state() const;
  [[nodiscard]] Texts industry(std::size_t i) const {
    auto const& key = labels_.industries[i];
    return {labels_.regions[key.region.index()].label, labels_.sectors[key.sector.index()].label};
  }

  Table const& table_;
  TableLabels const& labels_;
  RunControl const& control_;
  std::string folder_;
  std::string file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_row_t row_ = 0;
  lxw_error status_ = LXW_NO_ERROR;
};

Result<void> Workbook::state() const {
  if (stopped()) {
    return fail(ErrorCode::cancelled, "stopped while writing", "Excel workbook", "run it again");
  }
  if (book_ != nullptr && status_ == LXW_NO_ERROR) return {};
  auto const* reason = book_ == nullptr ? "the workbook cannot be made" : lxw_strerror(status_);
  return fail(ErrorCode::unwritable_output, fmt::format("writing failed ({})", reason),
              "Excel workbook", "free some space, or write to another disk");
}

void Workbook::pair(char const* name, std::string_view stated) {
  auto const whole = plain_text(stated);
  std::string_view text = whole;
  Texts cells{name, {}};
  while (!text.empty()) {
    auto length = std::min(text.size(), longest_text);
    while (length < text.size() && length > 1 &&
           (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
      --length;
    }
    cells[1] = std::string{text.substr(0, length)};
    texts(cells);
    cells[0].clear();
    text.remove_prefix(length);
  }
}

void Workbook::write_info() {
  auto const& info = table_.info;
  start("info");
  pair("title", info.title);
  if (info.year != 0) pair("year", std::to_string(info.year));
  pair("unit", to_string(info.unit));
  pair("price basis", info.price_basis);
  pair("source", info.source);
  pair("licence", info.licence);
  pair("history", info.history);
  pair("estimated", info.estimated ? "yes: holds cells that are estimates" : "no");
  pair("sheets",
       "labels: names; Z: intermediate flows, row = seller, column = buyer; Y: final demand; "
       "value_added; output: gross output as published");
}

void Workbook::write_labels() {
  start("labels");
  texts({"kind", "label", "name", "remark"}, bold_);
  for (auto const& each : labels_.regions) {
    texts({"region", each.label, each.name, fmt::format("{}", fmt::join(each.members, " "))});
  }
  for (auto const& each : labels_.sectors) {
    texts({"sector", each.label, each.name, each.service ? "service" : ""});
  }
  for (auto const& each : labels_.categories) {
    texts({"final demand", each.label, each.name, each.inventory_change ? "inventories" : ""});
  }
  for (auto const& each : labels_.value_added_rows) texts({"value added", each, "", ""});
}

void Workbook::write_output() {
  start("output");
  texts({"region", "sector", "output"}, bold_);
  for (std::size_t i = 0; i < table_.size() && status_ == LXW_NO_ERROR; ++i) {
    run(worksheet_write_number(sheet_, row_, 2, table_.output[i], nullptr));
    texts(industry(i));
  }
}

void Workbook::matrix(char const* name, std::size_t rows, Texts const& first_row,
                      Texts const& second_row, std::function<Texts(std::size_t)> const& heads,
                      Fill const& fill) {
  start(name);
  texts(first_row, bold_);
  texts(second_row, bold_);
  constexpr std::size_t head_columns = 2;
  std::vector<double> cells(first_row.size() - head_columns);
  for (std::size_t i = 0; i < rows && status_ == LXW_NO_ERROR && !stopped(); ++i) {
    fill(i, cells);
    auto const head = heads(i);
    for (std::size_t k = 0; k < head.size(); ++k) {
      run(worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(k), head[k].c_str(),
                                 nullptr));
    }
    for (std::size_t j = 0; j < cells.size(); ++j) {
      auto const column = static_cast<lxw_col_t>(j + head_columns);
      run(worksheet_write_number(sheet_, row_, column, cells[j], nullptr));
    }
    ++row_;
    control_.report(fmt::format("writing {}", name), i + 1, rows);
  }
}

Result<std::string> Workbook::write() {
  if (book_ == nullptr) return fail(state().error());
  lxw_doc_properties properties{};
  properties.created = undated;
  run(workbook_set_properties(book_, &properties));
  write_info();
  write_labels();

  Texts regions{"region", ""}, sectors{"", "sector"};
  for (std::size_t j = 0; j < table_.size(); ++j) {
    auto const key = industry(j);
    regions.push_back(key[0]);
    sectors.push_back(key[1]);
  }
  Texts final_regions{"region", ""}, final_kinds{"", "sector"};
  for (auto const& region : labels_.regions) {
    for (auto const& category : labels_.categories) {
      final_regions.push_back(region.label);
      final_kinds.push_back(category.label);
    }
  }
  auto const industries = [&](std::size_t i) { return industry(i); };
  auto const rows_of = [](DenseMatrix const& matrix) {
    return [&matrix](std::size_t i, std::vector<double>& cells) {
      std::ranges::copy(matrix.row(i), cells.begin());
    };
  };
  matrix("Z", table_.size(), regions, sectors, industries,
         [&, scratch = DenseVector{}](std::size_t i, std::vector<double>& cells) mutable {
           std::ranges::copy(table_.Z.row(i, scratch), cells.begin());
         });
  if (!labels_.categories.empty()) {
    matrix("Y", table_.size(), final_regions, final_kinds, industries, rows_of(table_.Y));
  }
  if (!labels_.value_added_rows.empty()) {
    matrix(
        "value_added", labels_.value_added_rows.size(), regions, sectors,
        [&](std::size_t k) { return Texts{labels_.value_added_rows[k], ""}; },
        rows_of(table_.value_added));
  }
  write_output();
  auto const& satellites = table_.satellites;
  auto const accounts = [&](std::size_t k) {
    return Texts{satellites.rows[k].label, satellites.rows[k].unit};
  };
  if (!satellites.F.empty()) {
    matrix("F", satellites.rows.size(), regions, sectors, accounts, rows_of(satellites.F));
  }
  if (!satellites.F_Y.empty()) {
    matrix("F_Y", satellites.rows.size(), final_regions, final_kinds, accounts,
           rows_of(satellites.F_Y));
  }
  if (auto const fine = state(); !fine) return fail(fine.error());
  run(workbook_close(std::exchange(book_, nullptr)));
  if (status_ == LXW_NO_ERROR) return file_;
  return fail(ErrorCode::unwritable_output,
              fmt::format("writing failed ({})", lxw_strerror(status_)), "Excel workbook",
              "free some space, or write to another disk");
}

Result<void> check_fits(Table const& table, fs::path const& path) {
  constexpr std::size_t heads = 2;
  auto const& labels = table.labels;
  auto const rows =
      std::max({table.size(), labels.value_added_rows.size(), table.satellites.rows.size(),
                labels.regions.size() + labels.sectors.size() + labels.categories.size() +
                    labels.value_added_rows.size()}) +
      heads;
  auto const columns = std::max(table.size(), labels.final_columns()) + heads;
  if (rows <= sheet_rows && columns <= sheet_columns) return {};
  return fail(
      ErrorCode::too_large,
      fmt::format("a sheet would have {} rows and {} columns, Excel holds {} and {}", rows, columns,
                  sheet_rows, sheet_columns),
      path.string(),
      "aggregate the table first (`linchpin table aggregate`), or export it as .csv or .dta");
}

Result<void> copy(std::string const& from, AtomicFile& to) {
  auto file = InputFile::open(from);
  if (!file) return fail(file.error());
  std::vector<char> buffer(copied_at_once);
  for (;;) {
    auto const count = file->read(buffer);
    if (!count) return fail(count.error());
    if (*count == 0) return {};
    if (auto const done = to.write({buffer.data(), *count}); !done) return done;
  }
}

}  // namespace

Result<void> export_xlsx(Table const& table, fs::path const& path, RunControl const& control) {
  if (auto const fits = check_fits(table, path); !fits) return fits;
  if (auto const fine = check_exportable(table); !fine) return fine;
  // The target first: it makes missing folders and says what is wrong with the name.
  auto target = AtomicFile::create(path);
  if (!target) return fail(target.error());
  auto const folder = WorkFolder::beside(path);
  if (!folder) return fail(folder.error());
  auto const written = Workbook(table, *folder, control).write();
  if (!written) return fail(written.error());
  if (auto const done = copy(*written, *target); !done) return done;
  return target->commit();
}

}  // namespace linchpin
