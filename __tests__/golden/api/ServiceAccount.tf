# stack cluster

resource "azurerm_user_assigned_identity" "aks_jobs_66E94741" {
  location            = "eastus"
  name                = "jobs"
  resource_group_name = "myResourceGroup"
}

resource "azurerm_federated_identity_credential" "aks_jobs_credential_E5387667" {
  name                      = "jobs"
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = azurerm_kubernetes_cluster.aks.oidc_issuer_url
  subject                   = "system:serviceaccount:untrusted:jobs"
  user_assigned_identity_id = azurerm_user_assigned_identity.aks_jobs_66E94741.id
}

# stack sandbox

data "azurerm_user_assigned_identity" "untrusted_jobs_identity_3B6E9F6B" {
  name                = "jobs"
  resource_group_name = "myResourceGroup"
}

resource "kubernetes_service_account_v1" "untrusted_jobs_DFDACABA" {
  automount_service_account_token = false

  metadata {
    annotations = {
      "azure.workload.identity/client-id" = data.azurerm_user_assigned_identity.untrusted_jobs_identity_3B6E9F6B.client_id
    }
    name      = "jobs"
    namespace = "untrusted"
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
}
