/** Azure's regions. Source: learn.microsoft.com/azure/reliability/regions-list, and the lists of its sovereign clouds. */
export const REGIONS: readonly string[] = [
  "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral",
  "brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus centraluseuap chilecentral",
  "denmarkeast eastasia eastus eastus2 eastus2euap francecentral francesouth germanynorth germanywestcentral",
  "indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral jioindiawest koreacentral",
  "koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest",
  "polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia",
  "spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest",
  "westcentralus westeurope westindia westus westus2 westus3",
  "usdodcentral usdodeast usgovarizona usgovtexas usgovvirginia",
  "chinaeast chinaeast2 chinaeast3 chinanorth chinanorth2 chinanorth3",
].flatMap((names) => names.split(" "));
