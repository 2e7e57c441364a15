# stack mine

terraform {
  backend "local" {
    path = "/tmp/wt/apidocs/terraform.mine.tfstate"
  }
}
