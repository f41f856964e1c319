// SPDX-License-Identifier: Apache-2.0
// Uncertain numbers of a study of autonomy in words.
const WORDS: Record<string, string> = {
  world_sales: 'Sales in the world',
  home_buys: 'Share of the region in world purchases',
  home_share: 'Share made at home at first',
  share_abroad: 'Share of markets abroad at first',
  relative_cost: 'Price at home over abroad at first',
  cost_floor: 'Cost that no experience removes',
  relative_quality: 'Quality over the frontier’s at first',
  quality_weight: 'What quality is worth to buyers',
  years_of_experience: 'Experience at first',
  spillover_home: 'Learning from other makers at home',
  spillover_abroad: 'Learning from makers abroad',
  tool_penalty: 'Extra cost without foreign tools',
  catch_up_speed: 'Speed of catching up',
  own_growth: 'Growth of quality by itself',
  control_effect: 'What controls take off catching up',
  quality_learning: 'Quality gained by experience',
  markup: 'Price over cost',
  scrapping: 'Capacity scrapped a year',
  switching: 'Users who switch by themselves',
  imitation: 'Users who follow others',
  fear: 'Fear premium on foreign prices',
  theta: 'Trade elasticity',
  learning_rate: 'Learning rate',
  frontier_growth: 'Growth of the frontier',
  lead_time: 'Lead time of capacity',
  capacity_cost: 'Cost of capacity',
};

/** The name in words; the name itself where there are none. */
export function numberName(name: string): string {
  return WORDS[name] ?? name.replace(/_/g, ' ');
}
