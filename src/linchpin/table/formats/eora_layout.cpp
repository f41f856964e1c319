// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/eora_layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "linchpin/table/formats/eora_labels.h"
#include "linchpin/table/formats/label_builder.h"
#include "linchpin/table/label_text.h"

namespace linchpin {
namespace {

constexpr std::string_view discrepancy_region = "ROW";
constexpr std::string_view discrepancy_category = "ROW discrepancy";
constexpr std::string_view discrepancy_row = "inputs from ROW (statistical discrepancy)";
constexpr std::size_t harmonised_sectors = 26;

bool is_commodity(std::string const& entity) {
  return entity.starts_with("Commodit") || entity.starts_with("Product");
}

class LayoutBuilder {
 public:
  LayoutBuilder(std::string where, ProblemList& problems)
      : where_(std::move(where)), problems_(problems) {}

  void add_accounts(std::vector<EoraLabel> const& accounts, std::string const& flows_member);
  void add_final_columns(std::vector<EoraLabel> const& columns);
  void add_value_added(std::vector<EoraLabel> const& rows);
  EoraLayout finish();

 private:
  std::size_t add_account(EoraLabel const& account);

  std::string where_;
  ProblemList& problems_;
  LabelBuilder builder_;
  EoraLayout layout_;
  std::unordered_map<std::string, std::size_t> copies_;  // accounts of one name in one region
  struct FinalColumn {
    std::size_t region = 0;
    std::size_t category = 0;
  };
  std::vector<std::optional<FinalColumn>> final_columns_;
};

std::size_t LayoutBuilder::add_account(EoraLabel const& account) {
  auto const region = builder_.add_region(account.region);
  auto label = is_commodity(account.entity) ? account.name + " (commodities)" : account.name;
  auto const copy = ++copies_[account.region + '\n' + label];
  if (copy > 1 && layout_.eora26) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the account '{}:{}' appears twice", account.region, label), where_,
                  "the file of labels may be damaged: get it again");
  }
  if (copy > 1) {
    label += fmt::format(" ({})", copy);
    ++layout_.renamed;
  }
  auto const known = builder_.industries();
  auto const number = builder_.add_industry(region, builder_.add_sector(label));
  if (number != known) {
    problems_.add(ErrorCode::duplicate_label,
                  fmt::format("the account '{}:{}' appears twice", account.region, label), where_,
                  "the file of labels may be damaged: get it again");
  }
  return number;
}

void LayoutBuilder::add_accounts(std::vector<EoraLabel> const& accounts,
                                 std::string const& flows_member) {
  std::map<std::string, std::size_t> per_region;
  std::set<std::string> names;
  for (auto const& each : accounts) {
    ++per_region[each.region];
    if (each.region != discrepancy_region) names.insert(each.name);
  }
  auto const discrepancy = per_region.find(std::string{discrepancy_region});
  layout_.has_discrepancy =
      discrepancy != per_region.end() && discrepancy->second == 1 && per_region.size() > 1;
  layout_.eora26 = lower_file_name(flows_member).find("eora26") != std::string::npos ||
                   (names.size() == harmonised_sectors && per_region.size() > 2);
  std::vector<std::optional<std::size_t>> numbers;
  numbers.reserve(accounts.size());
  for (auto const& each : accounts) {
    if (layout_.has_discrepancy && each.region == discrepancy_region) {
      numbers.emplace_back();
    } else {
      numbers.emplace_back(add_account(each));
    }
  }
  auto const positions = builder_.grouped_positions();
  for (auto& each : numbers) {
    if (each) each = positions[*each];
  }
  layout_.accounts = std::move(numbers);
}

void LayoutBuilder::add_final_columns(std::vector<EoraLabel> const& columns) {
  for (auto const& each : columns) {
    if (layout_.has_discrepancy && each.region == discrepancy_region) {
      final_columns_.emplace_back();
      continue;
    }
    auto const region = builder_.find_region(each.region);
    if (!region) {
      problems_.add(ErrorCode::unknown_label,
                    fmt::format("the region '{}' of the columns of final demand has no industries",
                                printable(each.region)),
                    where_, "the files of labels must be of one release");
      continue;
    }
    final_columns_.push_back(FinalColumn{*region, builder_.add_category(each.name).index()});
  }
  if (builder_.regions() * builder_.categories() > most_labels) {
    problems_.add(ErrorCode::too_large,
                  fmt::format("{} regions and {} kinds of final demand make over {} columns",
                              builder_.regions(), builder_.categories(), most_labels),
                  where_, "check that the files of labels are the right ones");
    return;
  }
  std::vector<int> seen(builder_.regions() * builder_.categories(), 0);
  for (auto const& each : final_columns_) {
    if (each) ++seen[each->region * builder_.categories() + each->category];
  }
  auto const labels = builder_.finish();
  for (std::size_t column = 0; column < seen.size() && !problems_.full(); ++column) {
    if (seen[column] == 1) continue;
    problems_.add(seen[column] == 0 ? ErrorCode::missing_value : ErrorCode::duplicate_label,
                  fmt::format("the labels of final demand name '{}' of '{}' {}",
                              labels.categories[column % builder_.categories()].label,
                              labels.regions[column / builder_.categories()].label,
                              seen[column] == 0 ? "not at all" : "twice"),
                  where_, "every region needs the same kinds of final demand, each once");
  }
}

void LayoutBuilder::add_value_added(std::vector<EoraLabel> const& rows) {
  // Full Eora has one row per region and kind; only the buyer's own region uses it.
  for (auto const& each : rows) {
    layout_.value_added_rows.push_back(builder_.add_value_added_row(each.name));
  }
}

EoraLayout LayoutBuilder::finish() {
  if (layout_.has_discrepancy) {
    layout_.discrepancy_category = builder_.add_category(discrepancy_category).index();
    layout_.discrepancy_value_added = builder_.add_value_added_row(discrepancy_row);
  }
  layout_.labels = builder_.finish();
  auto& labels = layout_.labels;
  for (auto& sector : labels.sectors) sector.service = names_a_service(sector.label);
  for (auto& category : labels.categories) category = described_final_demand(category);
  if (layout_.has_discrepancy) {
    labels.categories[layout_.discrepancy_category].inventory_change = true;
  }
  for (auto const& key : labels.industries) layout_.region_of.push_back(key.region.index());
  for (auto const& each : final_columns_) {
    layout_.final_columns.push_back(
        each ? std::optional{each->region * labels.categories.size() + each->category}
             : std::nullopt);
  }
  return std::move(layout_);
}

}  // namespace

Result<EoraLayout> read_eora_layout(LabelFiles const& files, std::string const& flows_member,
                                    std::string const& where, ProblemList& problems) {
  LayoutBuilder builder(where, problems);
  auto const read = [&](std::initializer_list<std::string_view> names) {
    return [&files, &problems, names]() -> Result<std::vector<EoraLabel>> {
      auto csv = files.open(names);
      if (!csv && csv.error().code == ErrorCode::missing_value) {
        problems.add(csv.error().code, csv.error().what, csv.error().where, csv.error().hint);
        return std::vector<EoraLabel>{};
      }
      if (!csv) return fail(csv.error());
      auto const name = csv->name();
      auto labels = read_eora_labels(std::move(*csv), problems);
      if (labels && labels->empty() && problems.empty()) {
        problems.add(ErrorCode::missing_value, "the file holds no label", name,
                     "check the download");
      }
      return labels;
    }();
  };
  auto const accounts = read({"labels_T.txt", "index_t.csv"});
  if (!accounts) return fail(accounts.error());
  auto const final_columns = read({"labels_FD.txt", "labels_Y.txt", "index_y.csv"});
  if (!final_columns) return fail(final_columns.error());
  auto const value_added = read({"labels_VA.txt", "labels_V.txt", "index_v.csv"});
  if (!value_added) return fail(value_added.error());
  if (!problems.empty()) return EoraLayout{};
  builder.add_accounts(*accounts, flows_member);
  builder.add_final_columns(*final_columns);
  builder.add_value_added(*value_added);
  return builder.finish();
}

}  // namespace linchpin
