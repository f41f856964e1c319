// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/split_wishes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "linchpin/core/nearest.h"
#include "linchpin/table/nowcast/concordance.h"
#include "linchpin/table/label_text.h"

namespace linchpin::splitting {
namespace {

class Understanding {
 public:
  Understanding(TableLabels const& labels, SplitSpec const& spec) : labels_(labels), spec_(spec) {
    for (auto const& region : labels.regions) regions_.push_back(region.label);
    users_ = sectors_ = sector_codes(labels);
    for (auto const& category : labels.categories) users_.push_back(category.label);
  }

  Result<Wishes> run() {
    if (auto const sector = find(spec_.sector, sectors_, "sector")) wishes_.sector = *sector;
    check_new_labels();
    if (!errors_.empty()) return fail(errors_.joined());
    auto const& rest = spec_.rest.empty() ? spec_.sector : spec_.rest;
    new_sectors_ = sectors_;
    new_sectors_[wishes_.sector] = rest;
    new_sectors_.insert(new_sectors_.begin() + static_cast<std::ptrdiff_t>(wishes_.sector),
                        spec_.line);
    read_outputs();
    read_flows();
    // Lines for all regions first, so that lines for one region take their place.
    wishes_.users = by_region(spec_.users, users_, "user",
                              [](auto const& each) -> auto const& { return each.user; });
    wishes_.inputs = by_region(spec_.inputs, new_sectors_, "sector",
                               [](auto const& each) -> auto const& { return each.sector; });
    if (!errors_.empty()) return fail(errors_.joined());
    return std::move(wishes_);
  }

 private:
  std::optional<std::size_t> find(std::string const& label, std::vector<std::string> const& known,
                                  char const* kind) {
    auto const place = std::find(known.begin(), known.end(), label);
    if (place != known.end()) return static_cast<std::size_t>(place - known.begin());
    errors_.add(ErrorCode::unknown_label,
                fmt::format("the table has no {} '{}'", kind, printable(label)), "split",
                did_you_mean(label, known, "check the table's labels"));
    return std::nullopt;
  }

  bool is_amount(double value, std::string const& of) {
    if (std::isfinite(value) && value >= 0) return true;
    errors_.add(ErrorCode::bad_value, fmt::format("{} is {}", of, value), "split",
                "give a number that is not negative");
    return false;
  }

  void check_new_labels() {
    for (auto const& label : {spec_.line, spec_.rest.empty() ? spec_.sector : spec_.rest}) {
      if (auto const fault = label_fault(label); !fault.empty()) {
        errors_.add(ErrorCode::bad_value, fmt::format("the label '{}' {}", printable(label), fault),
                    "split", "give the line a short label");
      } else if (label != spec_.sector &&
                 std::find(sectors_.begin(), sectors_.end(), label) != sectors_.end()) {
        errors_.add(ErrorCode::duplicate_label, fmt::format("the sector '{}' exists", label),
                    "split", "choose another label");
      }
    }
    if (spec_.line == spec_.sector || spec_.line == spec_.rest) {
      errors_.add(ErrorCode::duplicate_label,
                  fmt::format("line and rest would both be '{}'", spec_.line), "split",
                  "choose another label");
    }
  }

  void read_outputs() {
    wishes_.output.assign(regions_.size(), 0.0);
    std::set<std::size_t> seen;
    for (auto const& each : spec_.outputs) {
      auto const region = find(each.region, regions_, "region");
      if (!region || !is_amount(each.value, "output of " + each.region)) continue;
      if (!seen.insert(*region).second) twice("output of " + each.region);
      wishes_.output[*region] = each.value;
    }
  }

  void read_flows() {
    wishes_.flows.resize(regions_.size());
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (auto const& each : spec_.flows) {
      auto const seller = find(each.seller, regions_, "region");
      auto const buyer = find(each.buyer, regions_, "region");
      auto const what = fmt::format("flow from {} to {}", each.seller, each.buyer);
      if (!seller || !buyer || !is_amount(each.value, what)) continue;
      if (!seen.emplace(*seller, *buyer).second) twice(what);
      auto& flows = wishes_.flows[*seller];
      flows.resize(regions_.size());
      flows[*buyer] = each.value;
    }
  }

  /// Shares by region; entries without a region hold for regions without entries of their own.
  template <class Entry, class Label>
  std::vector<DenseVector> by_region(std::vector<Entry> const& entries,
                                     std::vector<std::string> const& known, char const* kind,
                                     Label label_of) {
    std::vector<DenseVector> result(regions_.size());
    DenseVector everywhere;
    std::set<std::pair<std::string, std::string>> seen;
    for (auto const& each : entries) {
      auto const position = find(label_of(each), known, kind);
      auto const region = each.region.empty() ? std::optional{regions_.size()}
                                              : find(each.region, regions_, "region");
      auto const what = fmt::format("share of '{}'", printable(label_of(each)));
      if (!position || !region || !is_amount(each.share, what)) continue;
      if (!seen.emplace(each.region, label_of(each)).second) twice(what);
      auto& shares = *region == regions_.size() ? everywhere : result[*region];
      shares.resize(known.size());
      shares[*position] = each.share;
    }
    for (auto& shares : result) {
      if (shares.empty()) shares = everywhere;
    }
    return result;
  }

  void twice(std::string const& what) {
    errors_.add(ErrorCode::duplicate_label, "the " + what + " is given twice", "split",
                "keep one of them");
  }

  TableLabels const& labels_;
  SplitSpec const& spec_;
  std::vector<std::string> regions_, sectors_, users_, new_sectors_;
  Wishes wishes_;
  ErrorList errors_;
};

}  // namespace

Result<Wishes> understand(TableLabels const& labels, SplitSpec const& spec) {
  return Understanding(labels, spec).run();
}

}  // namespace linchpin::splitting
