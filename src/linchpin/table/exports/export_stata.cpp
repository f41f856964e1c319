// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export_stata.h"

#include <fmt/format.h>
#include <readstat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/files/atomic_file.h"
#include "linchpin/table/exports/export_check.h"

namespace linchpin {
namespace {

constexpr std::size_t most_rows = 2'147'483'619;    // of Stata/MP in one data set
constexpr double largest_value = 8.9884656743e307;  // larger ones mean "missing" to Stata
constexpr std::size_t longest_file_label = 80;
constexpr std::size_t longest_note = 60'000;
constexpr std::size_t flush_at = std::size_t{1} << 17;
constexpr int stata_14 = 118;

enum Kind : std::int8_t { intermediate = 1, final_use, value_added, output };

struct KindName {
  Kind kind;
  char const* name;
};
constexpr std::array<KindName, 4> kind_names{{{intermediate, "intermediate"},
                                              {final_use, "final"},
                                              {value_added, "value_added"},
                                              {output, "output"}}};

/// The front of `text`, at most `most` bytes, not ending inside a character.
std::string_view front(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  return text.substr(0, most);
}

/// Takes ReadStat's many small writes to the file.
class Output {
 public:
  explicit Output(AtomicFile file) : file_(std::move(file)) {}

  static ssize_t write(void const* data, size_t size, void* self) {
    auto& output = *static_cast<Output*>(self);
    output.pending_.append(static_cast<char const*>(data), size);
    if (output.pending_.size() >= flush_at) output.flush();
    return output.result_ ? static_cast<ssize_t>(size) : -1;
  }
  [[nodiscard]] Result<void> const& result() const noexcept { return result_; }
  [[nodiscard]] Result<void> commit() {
    flush();
    return result_ ? file_.commit() : result_;
  }

 private:
  void flush() {
    if (result_) result_ = file_.write(pending_);
    pending_.clear();
  }
  AtomicFile file_;
  std::string pending_;
  Result<void> result_;
};

class StataWriter {
 public:
  StataWriter(Table const& table, AtomicFile file, RunControl const& control)
      : table_(table),
        labels_(table.labels),
        control_(control),
        output_(std::move(file)),
        writer_(readstat_writer_init(), &readstat_writer_free) {}

  Result<void> write(std::size_t rows) {
    run(readstat_set_data_writer(writer_.get(), &Output::write));
    describe();
    add_variables();
    run(readstat_begin_writing_dta(writer_.get(), &output_, static_cast<long>(rows)));
    for (std::size_t i = 0; i < table_.size(); ++i) {
      write_seller(i);
      control_.report("writing table", i + 1, table_.size());
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while writing", "Stata data set",
                    "run it again");
      }
      if (auto const fine = state(); !fine) return fine;
    }
    write_value_added();
    run(readstat_end_writing(writer_.get()));
    if (auto const fine = state(); !fine) return fine;
    return output_.commit();
  }

 private:
  void run(readstat_error_t status) {
    if (status_ == READSTAT_OK) status_ = status;
  }
  [[nodiscard]] Result<void> state() const {
    if (!output_.result()) return output_.result();
    if (status_ == READSTAT_OK) return {};
    return fail(ErrorCode::internal,
                fmt::format("the ReadStat library failed: {}", readstat_error_message(status_)),
                "Stata data set", "check the free memory; otherwise report this as a bug");
  }
  void describe();
  void note(std::string_view head, std::string_view stated);
  void add_variables();
  readstat_variable_t* text_variable(char const* name, char const* label, std::size_t width);
  void write_seller(std::size_t i);
  void write_value_added();
  void line(std::string const& seller_region, std::string const& seller_sector,
            std::string const& buyer_region, std::string const& buyer, Kind kind, double value);
  [[nodiscard]] std::string const& region(std::size_t industry) const {
    return labels_.regions[labels_.industries[industry].region.index()].label;
  }
  [[nodiscard]] std::string const& sector(std::size_t industry) const {
    return labels_.sectors[labels_.industries[industry].sector.index()].label;
  }

  Table const& table_;
  TableLabels const& labels_;
  RunControl const& control_;
  Output output_;
  std::unique_ptr<readstat_writer_t, decltype(&readstat_writer_free)> writer_;
  readstat_error_t status_ = READSTAT_OK;
  readstat_variable_t* seller_region_ = nullptr;
  readstat_variable_t* seller_sector_ = nullptr;
  readstat_variable_t* buyer_region_ = nullptr;
  readstat_variable_t* buyer_ = nullptr;
  readstat_variable_t* kind_ = nullptr;
  readstat_variable_t* value_ = nullptr;
};

void StataWriter::note(std::string_view head, std::string_view stated) {
  auto const whole = plain_text(stated);
  std::string_view text = whole;
  // A long history is split: Stata's notes hold 67,784 bytes.
  while (!text.empty()) {
    auto const part = front(text, longest_note);
    readstat_add_note(writer_.get(), fmt::format("{}: {}", head, part).c_str());
    text.remove_prefix(part.empty() ? text.size() : part.size());
  }
}

void StataWriter::describe() {
  auto const& info = table_.info;
  run(readstat_writer_set_file_format_version(writer_.get(), stata_14));
  // The same table gives the same bytes, so the file is not dated.
  run(readstat_writer_set_file_timestamp(writer_.get(), 0));
  run(readstat_writer_set_file_label(
      writer_.get(), std::string{front(plain_text(info.title), longest_file_label)}.c_str()));
  note("title", info.title);
  if (info.year != 0) note("year", std::to_string(info.year));
  note("unit", to_string(info.unit));
  note("price basis", info.price_basis);
  note("source", info.source);
  note("licence", info.licence);
  note("history", info.history);
  if (info.estimated) note("estimated", "holds cells that are estimates");
}

readstat_variable_t* StataWriter::text_variable(char const* name, char const* label,
                                                std::size_t width) {
  auto* const variable = readstat_add_variable(writer_.get(), name, READSTAT_TYPE_STRING,
                                               std::max<std::size_t>(width, 1));
  readstat_variable_set_label(variable, label);
  return variable;
}

void StataWriter::add_variables() {
  auto const longest = [](auto const& labels) {
    std::size_t width = 0;
    for (auto const& each : labels) width = std::max(width, each.label.size());
    return width;
  };
  std::size_t value_added_width = 0;
  for (auto const& row : labels_.value_added_rows) {
    value_added_width = std::max(value_added_width, row.size());
  }
  auto const regions = longest(labels_.regions);
  auto const sectors = longest(labels_.sectors);
  seller_region_ = text_variable("seller_region", "Region of the seller, or row of value added",
                                 std::max(regions, value_added_width));
  seller_sector_ = text_variable("seller_sector", "Sector of the seller", sectors);
  buyer_region_ = text_variable("buyer_region", "Region of the buyer", regions);
  buyer_ = text_variable("buyer", "Sector of the buyer, or kind of final demand",
                         std::max(sectors, longest(labels_.categories)));
  auto* const kinds = readstat_add_label_set(writer_.get(), READSTAT_TYPE_INT8, "kind");
  for (auto const& each : kind_names) readstat_label_int32_value(kinds, each.kind, each.name);
  kind_ = readstat_add_variable(writer_.get(), "kind", READSTAT_TYPE_INT8, 0);
  readstat_variable_set_label(kind_, "Kind of the flow");
  readstat_variable_set_label_set(kind_, kinds);
  value_ = readstat_add_variable(writer_.get(), "value", READSTAT_TYPE_DOUBLE, 0);
  auto const unit = fmt::format("Value, {}", to_string(table_.info.unit));
  readstat_variable_set_label(value_, std::string{front(unit, longest_file_label)}.c_str());
}

void StataWriter::line(std::string const& seller_region, std::string const& seller_sector,
                       std::string const& buyer_region, std::string const& buyer, Kind kind,
                       double value) {
  if (status_ != READSTAT_OK) return;
  auto* const writer = writer_.get();
  run(readstat_begin_row(writer));
  run(readstat_insert_string_value(writer, seller_region_, seller_region.c_str()));
  run(readstat_insert_string_value(writer, seller_sector_, seller_sector.c_str()));
  run(readstat_insert_string_value(writer, buyer_region_, buyer_region.c_str()));
  run(readstat_insert_string_value(writer, buyer_, buyer.c_str()));
  run(readstat_insert_int8_value(writer, kind_, kind));
  run(readstat_insert_double_value(writer, value_, value));
  run(readstat_end_row(writer));
}

void StataWriter::write_seller(std::size_t i) {
  table_.Z.for_each(i, [&](std::size_t j, double value) {
    line(region(i), sector(i), region(j), sector(j), intermediate, value);
  });
  auto const categories = labels_.categories.size();
  for (std::size_t j = 0; j < table_.Y.columns(); ++j) {
    double const value = table_.Y(i, j);
    if (value == 0) continue;
    line(region(i), sector(i), labels_.regions[j / categories].label,
         labels_.categories[j % categories].label, final_use, value);
  }
  line(region(i), sector(i), {}, {}, output, table_.output[i]);
}

void StataWriter::write_value_added() {
  for (std::size_t k = 0; k < table_.value_added.rows(); ++k) {
    auto const row = table_.value_added.row(k);
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (row[j] == 0) continue;
      line(labels_.value_added_rows[k], {}, region(j), sector(j), value_added, row[j]);
    }
  }
}

std::size_t count_rows(Table const& table) {
  auto const non_zeros = [](DenseMatrix const& matrix) {
    auto const values = matrix.values();
    return values.size() - static_cast<std::size_t>(std::count(values.begin(), values.end(), 0.0));
  };
  return table.Z.non_zeros() + non_zeros(table.Y) + non_zeros(table.value_added) + table.size();
}

}  // namespace

Result<void> export_stata(Table const& table, std::filesystem::path const& path,
                          RunControl const& control) {
  if (auto const fine = check_exportable(table, largest_value); !fine) return fine;
  auto const rows = count_rows(table);
  if (rows > most_rows) {
    return fail(ErrorCode::too_large,
                fmt::format("the data set would have {} rows, Stata holds {}", rows, most_rows),
                path.string(), "aggregate the table first (`linchpin table aggregate`)");
  }
  auto file = AtomicFile::create(path);
  if (!file) return fail(file.error());
  return StataWriter(table, *std::move(file), control).write(rows);
}

}  // namespace linchpin
