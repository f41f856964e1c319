// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/exports/export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linchpin/table/label_text.h"
#include "linchpin/table/shape.h"
#include "linchpin/table/files/text_sink.h"

namespace linchpin {
namespace {

constexpr std::size_t flush_at = std::size_t{1} << 17;

/// `text` as a CSV field: quoted only where it must be.
std::string field(std::string const& text) {
  bool const plain = text.find_first_of(",\"") == std::string::npos && !text.starts_with(' ') &&
                     !text.ends_with(' ');
  if (plain) return text;
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

bool all_finite(Table const& table) {
  auto const finite = [](double value) { return std::isfinite(value); };
  for (auto const* matrix : {&table.Y, &table.value_added}) {
    auto const values = matrix->values();
    if (!std::all_of(values.begin(), values.end(), finite)) return false;
  }
  DenseVector scratch;
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const row = table.Z.row(i, scratch);
    if (!std::all_of(row.begin(), row.end(), finite)) return false;
  }
  return true;
}

Result<void> check_carried(Table const& table) {
  if (auto const fits = check_shapes(table); !fits) return fits;
  ErrorList errors;
  auto const check = [&](std::string const& label, char const* kind) {
    auto fault = label_fault(label);
    // Readers drop blanks around fields.
    if (fault.empty() && (label.front() == ' ' || label.back() == ' ')) fault = "has outer blanks";
    if (fault.empty()) return;
    errors.add(ErrorCode::bad_value, fmt::format("the {} '{}' {}", kind, printable(label), fault),
               printable(label), "rename it before the export");
  };
  for (auto const& region : table.labels.regions) check(region.label, "region");
  for (auto const& sector : table.labels.sectors) check(sector.label, "sector");
  for (auto const& category : table.labels.categories) check(category.label, "final demand");
  for (auto const& row : table.labels.value_added_rows) check(row, "value-added row");
  if (!all_finite(table)) {
    errors.add(ErrorCode::invalid_table, "the table holds cells that are not finite", "whole table",
               "'linchpin table check' lists them");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

class TidyWriter {
 public:
  TidyWriter(Table const& table, TextSink sink, RunControl const& control)
      : table_(table), sink_(std::move(sink)), control_(control) {
    auto const& labels = table.labels;
    for (std::size_t i = 0; i < labels.industries.size(); ++i) {
      auto const& key = labels.industries[i];
      industries_.push_back(field(labels.regions[key.region.index()].label) + ',' +
                            field(labels.sectors[key.sector.index()].label) + ',');
    }
    for (auto const& region : labels.regions) {
      for (auto const& category : labels.categories) {
        columns_.push_back(field(region.label) + ',' + field(category.label) + ',');
      }
    }
  }

  Result<void> write() {
    text_ = "seller_region,seller_sector,buyer_region,buyer,kind,value\n";
    bool const ordered = order_shows_by_itself();
    if (!ordered) write_order();
    for (std::size_t i = 0; i < table_.size(); ++i) {
      write_row(i, ordered);
      control_.report("writing table", i + 1, table_.size());
      if (control_.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped while writing", "tidy table", "run it again");
      }
      if (auto const done = flush(flush_at); !done) return done;
    }
    for (std::size_t k = 0; k < table_.value_added.rows(); ++k) {
      auto const name = field(table_.labels.value_added_rows[k]) + ",,";
      auto const row = table_.value_added.row(k);
      for (std::size_t j = 0; j < row.size(); ++j) {
        if (row[j] != 0) line(name, industries_[j], "value_added,", row[j]);
      }
    }
    if (auto const done = flush(0); !done) return done;
    return sink_.commit();
  }

 private:
  void line(std::string_view seller, std::string_view buyer, std::string_view kind, double value) {
    std::array<char, 32> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    text_ += seller;
    text_ += buyer;
    text_ += kind;
    text_.append(digits.data(), end);
    text_ += '\n';
  }

  /// Row by row; `diagonal` and the first row's final demand may already stand at the top.
  void write_row(std::size_t i, bool ordered) {
    auto const flows = table_.Z.row(i, scratch_);
    for (std::size_t j = 0; j < flows.size(); ++j) {
      if (flows[j] == 0 || (!ordered && i == j)) continue;
      line(industries_[i], industries_[j], "intermediate,", flows[j]);
    }
    auto const uses = table_.Y.row(i);
    for (std::size_t j = 0; j < uses.size(); ++j) {
      if (uses[j] == 0 || (!ordered && i == 0)) continue;
      line(industries_[i], columns_[j], "final,", uses[j]);
    }
  }

  /// One cell per industry, then one per column of final demand, zero or not: after these lines
  /// every label has appeared, in the order of the table.
  void write_order() {
    auto const& labels = table_.labels;
    auto const categories = labels.categories.size();
    std::size_t next = 0;
    for (std::size_t r = 0; r < labels.regions.size(); ++r) {
      auto const first = next;
      for (; next < table_.size() && labels.industries[next].region.index() == r; ++next) {
        line(industries_[next], industries_[next], "intermediate,", std::as_const(table_.Z)(next, next));
      }
      // A region that only buys shows in its final demand.
      for (std::size_t c = 0; c < categories && first == next; ++c) final_cell(r * categories + c);
    }
    for (std::size_t r = 0, i = 0; r < labels.regions.size(); ++r) {
      auto const first = i;
      while (i < table_.size() && labels.industries[i].region.index() == r) ++i;
      for (std::size_t c = 0; c < categories && first != i; ++c) final_cell(r * categories + c);
    }
  }

  void final_cell(std::size_t column) {
    line(industries_[0], columns_[column], "final,", table_.Y(0, column));
  }

  /// True if leaving all zero cells out still shows every label, in order: what a reader of the
  /// non-zero cells, row by row, would number.
  [[nodiscard]] bool order_shows_by_itself() const {
    auto const& labels = table_.labels;
    auto const categories = labels.categories.size();
    std::vector<bool> industry_seen(table_.size(), false);
    std::vector<bool> region_seen(labels.regions.size(), false);
    std::vector<bool> category_seen(categories, false);
    std::vector<std::size_t> last_in_region(labels.regions.size(), 0);
    std::size_t next_region = 0, next_category = 0, industries = 0;
    bool ordered = true;
    auto const see_region = [&](std::size_t r) {
      if (region_seen[r]) return;
      ordered = ordered && r == next_region++;
      region_seen[r] = true;
    };
    auto const see_industry = [&](std::size_t i) {
      if (industry_seen[i]) return;
      auto const r = labels.industries[i].region.index();
      see_region(r);
      ordered = ordered && i + 1 > last_in_region[r];
      last_in_region[r] = i + 1;
      industry_seen[i] = true;
      ++industries;
    };
    for (std::size_t i = 0; i < table_.size() && ordered; ++i) {
      auto const flows = table_.Z.row(i, scratch_);
      for (std::size_t j = 0; j < flows.size() && ordered; ++j) {
        if (flows[j] == 0) continue;
        see_industry(i);
        see_industry(j);
      }
      auto const uses = table_.Y.row(i);
      for (std::size_t j = 0; j < uses.size() && ordered; ++j) {
        if (uses[j] == 0) continue;
        see_industry(i);
        see_region(j / categories);
        if (category_seen[j % categories]) continue;
        ordered = ordered && j % categories == next_category++;
        category_seen[j % categories] = true;
      }
    }
    return ordered && industries == table_.size() && next_region == labels.regions.size() &&
           next_category == categories;
  }

  Result<void> flush(std::size_t least) {
    if (text_.size() <= least) return {};
    auto const done = sink_.write(text_);
    text_.clear();
    return done;
  }

  Table const& table_;
  TextSink sink_;
  RunControl const& control_;
  std::vector<std::string> industries_;  // "CHN,c14,"
  std::vector<std::string> columns_;     // "CHN,HH,"
  std::string text_;
  mutable DenseVector scratch_;  // a row of flows that are not stored dense
};

}  // namespace

Result<void> export_tidy(Table const& table, std::filesystem::path const& path,
                         RunControl const& control) {
  if (auto const fits = check_carried(table); !fits) return fits;
  auto sink = TextSink::create(path);
  if (!sink) return fail(sink.error());
  return TidyWriter(table, std::move(*sink), control).write();
}

}  // namespace linchpin
