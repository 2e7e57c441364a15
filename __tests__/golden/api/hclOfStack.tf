# stack mine

terraform {
  backend "local" {
    path = "../../../terraform.mine.tfstate"
  }
}
