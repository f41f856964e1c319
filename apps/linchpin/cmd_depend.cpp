// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "apps/linchpin/context.h"
#include "apps/linchpin/origin.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/depend/position.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/depend_json.h"
#include "linchpin/results/json.h"

namespace linchpin::app {
namespace {

struct DependOptions {
  std::string world;
  std::vector<std::string> buyers;
  std::size_t top = 10;
};

Result<std::vector<depend::Buyer>> find_buyers(IndustrySpace const& space,
                                               std::vector<std::string> const& labels) {
  std::vector<depend::Buyer> buyers;
  ErrorList errors;
  for (auto const& label : labels) {
    if (label.find(':') != std::string::npos) {
      auto const industry = space.find_industry(label, "--buyer");
      if (!industry) {
        errors.add(industry.error());
      } else {
        buyers.push_back({space.region_of(*industry), *industry});
      }
    } else if (auto const region = space.find_region(label, "--buyer"); region) {
      buyers.push_back({*region, {}});
    } else {
      errors.add(region.error());
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  if (buyers.empty()) {  // nobody named: every region
    for (std::size_t r = 0; r < space.regions(); ++r) buyers.push_back({RegionId{r}, {}});
  }
  return buyers;
}

std::string percent(double share) { return fmt::format("{:.3f} %", 100 * share); }

void print_account(IndustrySpace const& space, depend::BuyerAccount const& account) {
  auto const buyer = account.buyer.industry ? space.label(*account.buyer.industry)
                                            : space.label(account.buyer.region);
  print_line(bold(fmt::format("{} relies on, per unit of its output", buyer)));
  std::vector<std::size_t> order(space.regions());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return account.by_region[a].look_through > account.by_region[b].look_through;
  });
  std::vector<std::vector<std::string>> rows;
  for (auto const r : order) {
    auto const& reliance = account.by_region[r];
    rows.push_back({space.label(RegionId{r}) + "  " + space.name(RegionId{r}),
                    percent(reliance.face_value), percent(reliance.look_through),
                    percent(reliance.hidden), percent(reliance.value_added_origin)});
  }
  print(text_table({"supplier region", "face value", "look-through", "hidden", "value added"},
                   rows));
  rows.clear();
  for (auto const supplier : account.largest_suppliers) {
    auto const& reliance = account.by_industry[supplier.index()];
    rows.push_back({space.label(supplier) + "  " + space.name(space.sector_of(supplier)),
                    percent(reliance.face_value), percent(reliance.look_through),
                    percent(reliance.hidden), percent(reliance.value_added_origin)});
  }
  print_line();
  print(text_table(
      {"largest supplying industries", "face value", "look-through", "hidden", "value added"},
      rows));
  auto const& concentration = account.look_through;
  print(fmt::format("effective supplier regions, look-through: {:.2f}",
                    concentration.effective_suppliers));
  if (concentration.effective_suppliers_foreign) {
    print(fmt::format("; foreign ones: {:.2f}, largest {} with {:.1f} % of foreign inputs",
                      *concentration.effective_suppliers_foreign,
                      space.label(*concentration.largest_foreign),
                      100 * concentration.largest_foreign_share));
  }
  print_line("\n");
}

Result<void> run_depend(DependOptions const& options, Context const& context) {
  RunClock const clock;
  auto const world = open_world(options.world, context);
  if (!world) return fail(world.error());
  auto const& space = world->economy.space();
  auto const buyers = find_buyers(space, options.buyers);
  if (!buyers) return fail(buyers.error());
  auto const system = depend::LeontiefSystem::make(world->economy, run_control(context));
  if (!system) return fail(system.error());

  std::vector<depend::BuyerAccount> accounts;
  ErrorList errors;
  for (auto const& buyer : *buyers) {
    auto account = depend::buyer_account(*system, buyer, {.top = options.top});
    if (account) {
      accounts.push_back(*std::move(account));
    } else {
      errors.add(account.error());
    }
  }
  // A buyer the user named must have an answer; a list of all regions leaves empty ones out.
  if (accounts.empty() || (!options.buyers.empty() && !errors.empty())) {
    return fail(errors.joined());
  }
  if (!context.json) {
    for (auto const& account : accounts) print_account(space, account);
    print_line(dim(world_line(*world)));
    return {};
  }
  auto origin = world->origin;
  origin.options = {{"top", static_cast<std::int64_t>(options.top)}};
  if (auto const filled = clock.fill(origin, {world->path}); !filled) return fail(filled.error());
  print_line(to_text(
      depend_to_json(space, accounts, depend::position(*system), origin_to_json(origin))));
  return {};
}

}  // namespace

void add_depend(CLI::App& app, Context& context, Action& action) {
  auto options = std::make_shared<DependOptions>();
  auto& command = *app.add_subcommand("depend", "On whom does a buyer depend, seen and unseen?");
  command.add_option("world", options->world, "Built-in world or table file")->required();
  command.add_option("--buyer", options->buyers,
                     "Buying region or industry (CHN, CHN:c14); repeat for several; default: "
                     "every region");
  command.add_option("--top", options->top, "Number of largest supplying industries")
      ->check(CLI::Range(1, 1000000));
  add_json_option(command, context);
  command.callback([options, &context, &action] {
    action = [options, &context] { return run_depend(*options, context); };
  });
}

}  // namespace linchpin::app
