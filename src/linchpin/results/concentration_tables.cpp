// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/concentration_tables.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

#include "linchpin/depend/concentration.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using depend::ProductDependence;
using depend::ProductIndicators;

constexpr std::size_t longest_in_report = 1000;  // rows; more make the page slow on a phone

/// 3 critical, 2 possibly critical, 1 another single point of failure, 0 nothing of that.
int severity(ProductIndicators const& product) {
  if (product.critical) return 3;
  if (product.possibly_critical) return 2;
  return product.single_point_of_failure ? 1 : 0;
}

/// Worst first; products keep their order among equals.
std::vector<ProductDependence> ranked(std::vector<ProductDependence> products) {
  std::stable_sort(products.begin(), products.end(),
                   [](ProductDependence const& a, ProductDependence const& b) {
                     if (a.year != b.year) return a.year < b.year;
                     auto const one = severity(a.indicators), other = severity(b.indicators);
                     if (one != other) return one > other;
                     return a.indicators.imports > b.indicators.imports;
                   });
  return products;
}

/// HHI over all suppliers when home counts as one: of the share from outside, cdi1 is the HHI.
std::optional<double> with_home(ProductIndicators const& product) {
  if (!product.cdi2) return std::nullopt;
  double const home = 1 - *product.cdi2;
  return home * home + *product.cdi2 * *product.cdi2 * product.cdi1.value_or(0.0);
}

class Tables {
 public:
  explicit Tables(DependenceLabels const& labels) : labels_(labels) {
    start_summary();
    start_products();
  }

  void add(BuyerDependence const& buyer, std::size_t top, bool all) {
    auto const products = ranked(buyer.products);
    std::map<std::size_t, Count> counts;
    for (auto const& each : products) {
      auto& count = counts[each.year];
      count.add(each.indicators);
      bool const shown = all || (severity(each.indicators) > 0 && count.rank < top);
      if (shown) write_product(buyer.buyer, each, ++count.rank);
    }
    for (auto const& [year, count] : counts) write_summary(buyer.buyer, year, count);
  }

  std::vector<ResultTable> finish() && {
    products_.in_report = products_.rows() <= longest_in_report;
    summary_.in_report = summary_.rows() <= longest_in_report;
    std::vector<ResultTable> result;
    result.push_back(std::move(summary_));
    result.push_back(std::move(products_));
    return result;
  }

 private:
  struct Count {
    std::size_t imported = 0, critical = 0, possibly = 0, single = 0, rank = 0;
    double imports = 0, critical_imports = 0;

    void add(ProductIndicators const& product) {
      if (product.imports <= 0) return;
      ++imported;
      imports += product.imports;
      if (product.critical) ++critical, critical_imports += product.imports;
      if (product.possibly_critical) ++possibly;
      if (product.single_point_of_failure) ++single;
    }
  };

  void start_summary() {
    summary_.name = "import_concentration";
    summary_.title = "Critical imports of each buyer";
    summary_.note =
        "Concentration says where imports come from today, not what happens if they stop: stocks, "
        "substitutes and other suppliers are not in it.";
    auto& columns = summary_.columns;
    columns.push_back(text_column("buyer", "Buyer", "Region, or a group taken as one buyer."));
    add_year(columns);
    columns.push_back(integer_column("imported", "Imported", "", "Products imported at all."));
    columns.push_back(integer_column("critical", "Critical", "", "Of them critical."));
    if (labels_.home_known) {
      columns.push_back(integer_column("possibly_critical", "Possibly critical", "",
                                       "Critical if origins of several countries were one "
                                       "supplier; the critical ones included."));
    }
    columns.push_back(integer_column("single_points_of_failure", "Single points of failure", "",
                                     "Imported products whose world market one exporter "
                                     "dominates."));
    columns.push_back(number_column("imports", "Imports", labels_.unit, "From outside the buyer."));
    columns.push_back(number_column("critical_imports", "Critical imports", labels_.unit,
                                    "Imports of critical products."));
    columns.push_back(number_column("critical_share", "Critical share", "share of imports",
                                    "Critical imports / imports.", "nothing is imported"));
  }

  void add_year(std::vector<ResultColumn>& columns) const {
    if (!labels_.years.empty()) {
      columns.push_back(integer_column("trade_year", "Year", "", "Year of the trade."));
    }
  }

  void start_products() {
    products_.name = "critical_imports";
    products_.title = "Critical imports, largest first";
    products_.note =
        "Critical: concentrated (cdi1), mostly from outside (cdi2) and not matched by own supply "
        "(cdi3), all three above their thresholds. A broad product hides dependence on a narrow "
        "one.";
    auto& columns = products_.columns;
    auto const number = [&](char const* name, char const* title, std::string unit,
                            char const* description, char const* undefined = "") {
      columns.push_back(number_column(name, title, std::move(unit), description, undefined));
    };
    auto const flag = [&](char const* name, char const* title, char const* description) {
      columns.push_back(integer_column(name, title, "0 or 1", description));
    };
    constexpr char const* no_imports = "nothing is imported";
    constexpr char const* no_market = "nobody else trades it";
    columns.push_back(text_column("buyer", "Buyer", "Region, or a group taken as one buyer."));
    add_year(columns);
    columns.push_back(integer_column("rank", "Rank", "", "Critical ones first, by imports."));
    columns.push_back(text_column(labels_.product, "Product", "Label of the product."));
    if (!labels_.names.empty()) columns.push_back(text_column("name", "Name", "Its name."));
    number("imports", "Imports", labels_.unit, "From outside the buyer.");
    number("purchases", "Purchases", labels_.unit,
           labels_.home_known ? "All purchases of it, those at home included."
                              : "Imports from outside and among the buyer's members.");
    number("own_supply", "Own supply", labels_.unit,
           labels_.home_known ? "The buyer's output of it."
                              : "The buyer's exports of it, in the place of its output.");
    number("cdi1", "CDI1", "0 to 1", "HHI of imports over origins.", no_imports);
    if (labels_.home_known) {
      number("cdi1_least", "CDI1 at least", "0 to 1",
             "The same with origins of several countries as many small ones.", no_imports);
    }
    number("hirschman", "Hirschman", "0 to 100", "100 times the square root of cdi1.", no_imports);
    number("effective_suppliers", "Effective suppliers", "", "1 / cdi1.", no_imports);
    if (labels_.home_known) {
      number("hhi_with_home", "HHI with home", "0 to 1",
             "HHI of all purchases over suppliers, home counted as one.", "nothing is purchased");
    }
    number("cdi2", "CDI2", "0 to 1", "Imports / purchases.", "nothing is purchased");
    number("cdi3", "CDI3", "", "Imports / own supply.", "no own supply, or next to none");
    auto origin =
        text_column("largest_origin", "Largest origin", "Largest supplier of the imports.");
    origin.undefined = no_imports;
    columns.push_back(std::move(origin));
    number("largest_origin_share", "Its share", "share of imports", "Of imports.", no_imports);
    number("world_hhi", "World HHI", "0 to 1",
           "HHI of exports over exporters, the buyer's own trade left out.", no_market);
    auto dominant = text_column("dominant_exporter", "Dominant exporter",
                                "Largest exporter to anyone but the buyer.");
    dominant.undefined = no_market;
    columns.push_back(std::move(dominant));
    number("dominant_share", "Its share", "share of exports", "Of exports to all but the buyer.",
           no_market);
    flag(
        "concentrated", "Concentrated",
        labels_.home_known ? "cdi1_least is above its threshold." : "cdi1 is above its threshold.");
    flag("from_outside", "From outside", "cdi2 is above its threshold.");
    flag("irreplaceable", "Irreplaceable", "cdi3 is above its threshold, or no own supply.");
    flag("critical", "Critical", "All three.");
    if (labels_.home_known) {
      flag("possibly_critical", "Possibly critical",
           "All three if origins of several countries were one supplier.");
    }
    flag("single_point_of_failure", "Single point of failure",
         "Imported, and one country dominates the world market.");
  }

  void write_year(RowWriter& row, std::size_t year) const {
    if (!labels_.years.empty()) row << labels_.years[year];
  }

  void write_summary(std::string const& buyer, std::size_t year, Count const& count) {
    RowWriter row(summary_);
    row << buyer;
    write_year(row, year);
    row << count.imported << count.critical;
    if (labels_.home_known) row << count.possibly;
    row << count.single << count.imports << count.critical_imports
        << (count.imports > 0 ? std::optional{count.critical_imports / count.imports}
                              : std::nullopt);
  }

  void write_product(std::string const& buyer, ProductDependence const& each, std::size_t rank) {
    auto const& product = each.indicators;
    RowWriter row(products_);
    row << buyer;
    write_year(row, each.year);
    row << rank << labels_.products[each.product];
    if (!labels_.names.empty()) row << labels_.names[each.product];
    auto const of_imports = [&](auto const& of) {
      return product.cdi1 ? std::optional<double>{of(*product.cdi1)} : std::nullopt;
    };
    row << product.imports << product.purchases << product.own_supply << product.cdi1;
    if (labels_.home_known) row << product.cdi1_least;
    row << of_imports(depend::hirschman) << of_imports(depend::effective_suppliers);
    if (labels_.home_known) row << with_home(product);
    row << product.cdi2 << product.cdi3;
    write_country(row, product.largest_origin, product.largest_origin_share);
    row << product.world_hhi;
    write_country(row, product.dominant_exporter, product.dominant_share);
    write_flags(
        row, {product.concentrated, product.from_outside, product.irreplaceable, product.critical});
    if (labels_.home_known) write_flags(row, {product.possibly_critical});
    write_flags(row, {product.single_point_of_failure});
  }

  static void write_flags(RowWriter& row, std::initializer_list<bool> flags) {
    for (bool const flag : flags) row << (flag ? 1 : 0);
  }

  void write_country(RowWriter& row, std::optional<std::size_t> country, double share) const {
    row << (country ? labels_.countries[*country] : std::string{})
        << (country ? std::optional{share} : std::nullopt);
  }

  DependenceLabels const& labels_;
  ResultTable summary_, products_;
};

}  // namespace

std::vector<ResultTable> concentration_tables(std::span<BuyerDependence const> buyers,
                                              DependenceLabels const& labels, std::size_t top,
                                              bool all) {
  Tables tables(labels);
  for (auto const& buyer : buyers) tables.add(buyer, top, all);
  return std::move(tables).finish();
}

}  // namespace linchpin
