/** A user-assigned identity for the pods of one service account, by names that are known before apply. */
export interface IWorkloadIdentity {
  /** Name of the identity. */
  readonly identityName: string;
  /** Name of the identity's resource group. */
  readonly resourceGroupName: string;
  /** Namespace of the service account. */
  readonly namespaceName: string;
  /** Name of the service account. */
  readonly serviceAccountName: string;
}
