// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "linchpin/table/formats/two_level_reader.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::string_view value_added_extension = "factor_inputs";

}  // namespace

Result<void> TwoLevelReader::read_names(TwoLevelMatrix& flows, TwoLevelMatrix& final_uses) {
  name_industries(flows);
  name_final_uses(final_uses);
  if (problems_.empty() && builder_.industries() == 0) {
    problems_.add(ErrorCode::bad_format, "there is no industry column", flows.csv().name(),
                  "the first line names regions, the second sectors");
  }
  positions_ = builder_.grouped_positions();
  return problems_so_far();
}

void TwoLevelReader::name_industries(TwoLevelMatrix const& flows) {
  for (std::size_t k = 0; k < flows.columns().size() && !problems_.full(); ++k) {
    auto const& [region, sector] = flows.columns()[k];
    auto fault = label_fault(region);
    if (fault.empty()) fault = label_fault(sector);
    if (!fault.empty()) {
      problems_.add(
          ErrorCode::bad_format,
          fmt::format("the column '{}:{}' {}", printable(region), printable(sector), fault),
          flows.where(k), "every column needs a region and a sector");
      continue;
    }
    auto const known = builder_.industries();
    auto const number =
        builder_.add_industry(builder_.add_region(region), builder_.add_sector(sector));
    if (number != known) {
      problems_.add(ErrorCode::duplicate_label,
                    fmt::format("the column '{}:{}' appears twice", region, sector), flows.where(k),
                    "rename or merge one of the two");
    }
  }
}

void TwoLevelReader::name_final_uses(TwoLevelMatrix const& final_uses) {
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (std::size_t k = 0; k < final_uses.columns().size() && !problems_.full(); ++k) {
    auto const& [region, category] = final_uses.columns()[k];
    auto fault = label_fault(region);
    if (fault.empty()) fault = label_fault(category);
    if (!fault.empty()) {
      problems_.add(
          ErrorCode::bad_format,
          fmt::format("the column '{}:{}' {}", printable(region), printable(category), fault),
          final_uses.where(k), "every column needs a region and a kind of final demand");
      continue;
    }
    auto const column =
        std::pair{builder_.add_region(region).index(), builder_.add_category(category).index()};
    if (seen.insert(column).second) continue;
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the column '{}:{}' appears twice", region, category),
                  final_uses.where(k), "rename or merge one of the two");
  }
  if (!problems_.empty() || seen.size() == builder_.regions() * builder_.categories()) return;
  auto const labels = builder_.finish();
  for (std::size_t r = 0; r < labels.regions.size(); ++r) {
    for (std::size_t c = 0; c < labels.categories.size(); ++c) {
      if (seen.contains({r, c})) continue;
      problems_.add(ErrorCode::missing_value,
                    fmt::format("there is no column '{}:{}'", labels.regions[r].label,
                                labels.categories[c].label),
                    final_uses.csv().name(), "every region needs the same kinds of final demand");
    }
  }
}

/// The one unit of all industries.
Result<void> TwoLevelReader::read_unit() {
  if (files_.unit.empty()) return {};
  auto csv = bundle_.open_csv(files_.unit);
  if (!csv) return fail(csv.error());
  bool header = true;
  for (;;) {
    auto const more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) break;
    if (header) csv->set_dialect(dialect_of(csv->line()));
    if (auto const done = csv->split(); !done) return done;
    if (std::exchange(header, false)) continue;
    auto const unit = csv->fields().back();
    if (unit_text_.empty()) unit_text_ = unit;
    if (unit == unit_text_) continue;
    return fail(ErrorCode::bad_value,
                fmt::format("industries have different units: '{}' and '{}'", printable(unit_text_),
                            printable(unit)),
                csv->where(), "tables in hybrid units are not read: take the monetary version");
  }
  if (!unit_text_.empty()) info_.unit = parse_two_level_unit(unit_text_);
  return {};
}

Result<void> TwoLevelReader::find_value_added() {
  auto const& extensions = files_.extensions;
  bool const own = std::any_of(extensions.begin(), extensions.end(),
                               [](auto const& each) { return each.name == value_added_extension; });
  for (auto const& extension : extensions) {
    auto accounts = list_accounts(extension, own && extension.name == value_added_extension);
    if (!accounts) return fail(accounts.error());
    accounts_.push_back(std::move(*accounts));
  }
  for (std::size_t k = 0; k < extensions.size(); ++k) {
    bool const some = !own && extensions[k].name == rules_.value_added_in;
    if (!accounts_[k].value_added && !some) continue;
    auto matrix = TwoLevelMatrix::open(bundle_, extensions[k].F);
    if (!matrix) return fail(matrix.error());
    LabelledRows rows(matrix->csv(), matrix->shape(), problems_, control_);
    for (;;) {  // for the names alone; numbers are parsed later
      auto const more = rows.next();
      if (!more) return fail(more.error());
      if (!*more) break;
      if (rows.blank()) continue;
      auto& account = accounts_[k].rows[TwoLevelMatrix::row_name(rows.labels())];
      if (some && (unit_text_.empty() || account.unit != unit_text_)) continue;
      if (account.value_added_row) continue;  // read_accounts reports the second
      account.value_added_row = value_added_rows_.size();
      value_added_rows_.push_back(TwoLevelMatrix::row_name(rows.labels()));
    }
  }
  return problems_so_far();
}

Result<TwoLevelReader::Accounts> TwoLevelReader::list_accounts(
    TwoLevelFiles::Extension const& extension, bool value_added) {
  Accounts accounts{.value_added = value_added};
  if (extension.unit.empty()) return accounts;
  auto csv = bundle_.open_csv(extension.unit);
  if (!csv) return fail(csv.error());
  bool header = true;
  for (;;) {
    auto const more = csv->next();
    if (!more) return fail(more.error());
    if (!*more) return accounts;
    if (header) csv->set_dialect(dialect_of(csv->line()));
    if (auto const done = csv->split(); !done) return fail(done.error());
    if (std::exchange(header, false)) continue;
    auto const& fields = csv->fields();
    auto const name = TwoLevelMatrix::row_name(std::span{fields}.first(fields.size() - 1));
    accounts.rows[name].unit = fields.back();
  }
}

}  // namespace linchpin
